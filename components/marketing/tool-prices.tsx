import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import { type MembershipTier, nameTier } from '@/lib/tiers'
import { Section } from './section'

export type ToolPrice = {
  id: string
  name: string
  /** The least membership that may run it; null for everybody. */
  requiredTier: MembershipTier | null
  /** In words, for who has that membership and no higher one. */
  price: string
  /** Higher memberships that pay another price, each with it. */
  forMembers: readonly { tier: MembershipTier | null; price: string }[]
}

/** What the tools cost. */
export function ToolPrices({ tools }: { tools: readonly ToolPrice[] }) {
  return (
    <Section
      id="tool-prices"
      title="What a credit buys"
      description="The price of your input stands on the button before anything runs. A run that fails costs nothing."
    >
      <div className="max-w-3xl overflow-hidden rounded-xl border bg-card">
        <Table>
          <TableHeader>
            <TableRow>
              <TableHead>Tool</TableHead>
              <TableHead className="text-right">Price</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {tools.map(({ id, name, requiredTier, price, forMembers }) => (
              <TableRow key={id}>
                <TableCell className="whitespace-normal">
                  <span className="flex flex-wrap items-center gap-2 font-medium">
                    <span>{name}</span>
                    {requiredTier && <Badge>{`With ${nameTier(requiredTier)}`}</Badge>}
                  </span>
                </TableCell>
                <TableCell className="figures whitespace-normal text-right align-top">
                  <span className="block">{price}</span>
                  {forMembers.map((member) => (
                    <span key={member.tier} className="block text-muted-foreground text-xs">
                      {`${nameTier(member.tier)}: ${member.price}`}
                    </span>
                  ))}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Section>
  )
}
