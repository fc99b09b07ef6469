import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { formatCredits } from '@/lib/format'
import type { ReferenceOperation } from '@/lib/openapi/reference/read-reference'

type Price = NonNullable<ReferenceOperation['price']>

/** What a call costs, by what is asked for and by membership; one column where that makes no difference. */
export function PriceTable({ price: { unit, prices } }: { price: Price }) {
  const { default: everybody = {}, ...members } = prices
  const tiers = Object.entries(members).filter(([, own]) => JSON.stringify(own) !== JSON.stringify(everybody))
  return (
    <div className="grid gap-2">
      <h4 className="font-medium text-sm">{`Price in credits, ${unit}`}</h4>
      <div className="overflow-hidden rounded-lg border bg-card">
        <Table>
          <TableHeader>
            <TableRow>
              <TableHead>For</TableHead>
              <TableHead className="text-right">{tiers.length > 0 ? 'No membership' : 'Credits'}</TableHead>
              {tiers.map(([tier]) => (
                <TableHead key={tier} className="text-right capitalize">
                  {tier}
                </TableHead>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {Object.entries(everybody).map(([what, credits]) => (
              <TableRow key={what}>
                <TableCell className="font-mono text-[0.8125rem]">{what}</TableCell>
                <TableCell className="figures text-right">{formatCredits(credits)}</TableCell>
                {tiers.map(([tier, own]) => (
                  <TableCell key={tier} className="figures text-right">
                    {formatCredits(own[what] ?? credits)}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </div>
  )
}
