import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { StackedUsage } from '@/lib/account/stack-usage'
import type { CreditUnit } from '@/lib/credit-type'
import { readFormat } from '@/lib/reader/read-reader'

type UsageTableProps = { usage: StackedUsage; unit: CreditUnit }

/** Usage by day and tool in numbers, newest first. Days without use are left out. */
export async function UsageTable({ usage: { tools, days }, unit }: UsageTableProps) {
  const { formatCredits, formatDay } = await readFormat()
  const used = days.filter(({ total }) => total !== 0).reverse()
  return (
    <details className="min-w-0">
      <summary className="w-fit cursor-pointer rounded-sm font-medium text-sm pointer-coarse:py-3">
        Show as a table
      </summary>
      <div className="-mx-5 mt-3 border-t">
        <Table>
          <caption className="sr-only">{`Used on each day, in ${unit.unitPlural}`}</caption>
          <TableHeader>
            <TableRow className="hover:bg-transparent">
              <TableHead>Day</TableHead>
              {tools.map((tool) => (
                <TableHead key={tool} className="text-right">
                  {tool}
                </TableHead>
              ))}
              <TableHead className="text-right">Total</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {used.map(({ day, used: amounts, total }) => (
              <TableRow key={day} data-day={day}>
                <TableHead scope="row">
                  <time dateTime={day}>{formatDay(day)}</time>
                </TableHead>
                {tools.map((tool, index) => (
                  <TableCell key={tool} className="figures text-right">
                    {formatCredits(amounts[index] ?? 0)}
                  </TableCell>
                ))}
                <TableCell className="figures text-right font-medium">{formatCredits(total)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </details>
  )
}
