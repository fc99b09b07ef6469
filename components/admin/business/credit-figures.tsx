import Link from 'next/link'
import { Card, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { Period } from '@/lib/admin/business/business-period'
import type { Business } from '@/lib/admin/business/read-business'
import type { CreditType } from '@/lib/credit-type'
import type { Format } from '@/lib/format'

/** What outstanding credits grew or shrank by, each with its sign. */
const CHANGES = [
  ['sold', 'Sold', 1],
  ['given', 'Given', 1],
  ['adjusted', 'Adjusted by admins', 1],
  ['used', 'Used', -1],
  ['expired', 'Expired', -1],
  ['taken_back', 'Taken back with refunds and disputes', -1],
  ['owed', 'Of that, owed by their users', 1],
] as const

type CreditFiguresProps = {
  business: Business
  period: Period
  type: CreditType
  /** Whether it has to be told from others. */
  named: boolean
  format: Format
}

/** What happened to the credits of one type, and how many are outstanding: what the business owes its users. */
export function CreditFigures({
  business,
  period: { since, last },
  type,
  named,
  format,
}: CreditFiguresProps) {
  const rows = { pathname: '/admin/audit', query: { action: 'credits', from: since, to: last } } as const
  const { formatCredits, formatSignedCredits } = format
  const outstanding = business.of('outstanding', type.id)
  return (
    <Card className="gap-3 pb-0">
      <CardHeader>
        {named && <CardTitle>{type.name}</CardTitle>}
        <CardDescription>All of it together is what those outstanding changed by.</CardDescription>
      </CardHeader>
      <Table aria-label={type.name}>
        <TableHeader>
          <TableRow className="hover:bg-transparent">
            <TableHead>Change</TableHead>
            <TableHead className="text-right">Period</TableHead>
            <TableHead className="text-right">Before</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {CHANGES.map(([figure, label, sign]) => {
            const { amount, before } = business.of(figure, type.id)
            return (
              <TableRow key={figure} className="relative">
                <TableCell className="whitespace-normal">
                  <Link href={rows} className="after:absolute after:inset-0">
                    {label}
                  </Link>
                </TableCell>
                <TableCell className="figures text-right">{formatSignedCredits(sign * amount)}</TableCell>
                <TableCell className="figures text-right text-muted-foreground">
                  {formatSignedCredits(sign * before)}
                </TableCell>
              </TableRow>
            )
          })}
          <TableRow className="relative font-medium">
            <TableCell>
              <Link
                href={{ pathname: '/admin/users', query: { sort: 'balance' } }}
                className="after:absolute after:inset-0"
              >
                Outstanding
              </Link>
            </TableCell>
            <TableCell className="figures text-right">{formatCredits(outstanding.amount)}</TableCell>
            <TableCell className="figures text-right text-muted-foreground">
              {formatCredits(outstanding.before)}
            </TableCell>
          </TableRow>
        </TableBody>
      </Table>
    </Card>
  )
}
