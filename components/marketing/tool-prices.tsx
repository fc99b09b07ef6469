import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { calculateToolCost } from '@/lib/credits'
import { countCredits } from '@/lib/format'
import { Section } from './section'

const COMPLEXITIES = [
  { id: 'low', label: 'Short', what: 'The sentences that say the most' },
  { id: 'medium', label: 'Medium', what: 'More of them, with their reasons' },
  { id: 'high', label: 'Detailed', what: 'A longer summary that keeps the thread' },
] as const

/** What the tools cost, by the same function that charges for them. */
export function ToolPrices() {
  return (
    <Section
      id="tool-prices"
      title="What a credit buys"
      description="The summarizer is priced by how much it keeps. A run that fails costs nothing."
    >
      <div className="max-w-3xl overflow-hidden rounded-xl border bg-card">
        <Table>
          <TableHeader>
            <TableRow>
              <TableHead>Summary</TableHead>
              <TableHead>You get</TableHead>
              <TableHead className="text-right">Price</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {COMPLEXITIES.map(({ id, label, what }) => (
              <TableRow key={id}>
                <TableCell className="font-medium">{label}</TableCell>
                <TableCell className="whitespace-normal text-muted-foreground">{what}</TableCell>
                <TableCell className="figures text-right">
                  {countCredits(calculateToolCost('text-generation', id))}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Section>
  )
}
