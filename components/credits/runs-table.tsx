import { AccountLink } from '@/components/layout/account-link'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { RunRow } from '@/lib/account/list-runs'
import { type CreditType, findCreditType } from '@/lib/credit-type'
import { readFormat } from '@/lib/reader/read-reader'
import { cn } from '@/lib/utils'
import { describeRunCharge, describeRunInput } from './describe-run'
import { RunStatusBadge } from './run-status-badge'

type RunsTableProps = {
  rows: readonly (RunRow & { name: string })[]
  types: readonly CreditType[]
  /** Whether it stands beside something else: the date then moves under the tool on large screens too. */
  narrow?: boolean
  /** Whether all are of one tool, which then need not be named: the date names a run. */
  ofOneTool?: boolean
}

/** Runs as given, newest first, each leading to its result. `name` is that of its tool. */
export async function RunsTable({ rows, types, narrow = false, ofOneTool = false }: RunsTableProps) {
  const format = await readFormat()
  const { formatDateTime, formatTimestamp, timeZone } = format
  const hasDateColumn = !narrow && !ofOneTool
  return (
    <Table>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>{ofOneTool ? 'Started' : 'Tool'}</TableHead>
          <TableHead className="max-sm:hidden">Status</TableHead>
          {hasDateColumn && <TableHead className="max-md:hidden">{`Started (${timeZone})`}</TableHead>}
          <TableHead className="text-right">Charge</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((run) => (
          <TableRow key={run.id} data-run={run.id} className="relative">
            <TableCell className="w-full max-w-0 whitespace-normal">
              <AccountLink href={`/runs/${run.id}`} className="font-medium after:absolute after:inset-0">
                {ofOneTool ? formatTimestamp(run.created_at) : run.name}
              </AccountLink>
              <span className="block truncate text-muted-foreground text-xs">
                {describeRunInput(run.input)}
              </span>
              <span
                className={cn(
                  'flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground text-xs',
                  hasDateColumn && 'md:hidden',
                )}
              >
                {!ofOneTool && <time dateTime={run.created_at}>{formatTimestamp(run.created_at)}</time>}
                <span className="sm:hidden">
                  <RunStatusBadge status={run.status} />
                </span>
              </span>
            </TableCell>
            <TableCell className="max-sm:hidden">
              <RunStatusBadge status={run.status} />
            </TableCell>
            {hasDateColumn && (
              <TableCell className="figures text-muted-foreground max-md:hidden">
                <time dateTime={run.created_at}>{formatDateTime(run.created_at)}</time>
              </TableCell>
            )}
            <TableCell className="figures text-right">
              {describeRunCharge(format, run, findCreditType(types, run.credit_type))}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
