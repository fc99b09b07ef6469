import Link from 'next/link'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { UserSummary } from '@/lib/admin/list-users'
import type { CreditType } from '@/lib/credit-type'
import { readFormat } from '@/lib/reader/read-reader'
import { nameTier } from '@/lib/tiers'
import { SortHead, type SortState } from './sort-head'
import { UserBadges } from './user-badges'

type UsersTableProps = { users: readonly UserSummary[]; types: readonly CreditType[]; sort: SortState }

/** Users with how they stand and what their wallets hold; each row leads to the user. */
export async function UsersTable({ users, types, sort }: UsersTableProps) {
  const { formatCredits, formatDate, formatTimestamp } = await readFormat()
  const [main] = types
  return (
    <Table>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>User</TableHead>
          <TableHead className="max-md:hidden">Membership</TableHead>
          <SortHead by="balance" state={sort} className="max-sm:pr-5">
            Balance
          </SortHead>
          <SortHead by="spent" state={sort} className="max-sm:hidden">
            Spent
          </SortHead>
          <SortHead by="debt" state={sort} className="max-lg:pr-5 max-sm:hidden">
            Debt
          </SortHead>
          <TableHead className="max-xl:pr-5 max-lg:hidden">Last seen</TableHead>
          <TableHead className="max-xl:hidden">Since</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {users.map((user) => {
          const wallet = user.wallets.find(({ credit_type }) => credit_type === main?.id)
          return (
            <TableRow key={user.id} className="relative">
              <TableCell className="w-full max-w-0">
                {/* The link covers the whole row. */}
                <Link
                  href={`/admin/users/${user.id}`}
                  className="block truncate font-medium after:absolute after:inset-0"
                >
                  {user.email}
                </Link>
                <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
                  {user.name && <span className="truncate text-muted-foreground text-xs">{user.name}</span>}
                  <UserBadges user={user} />
                </span>
              </TableCell>
              <TableCell className="text-muted-foreground max-md:hidden">{nameTier(user.tier)}</TableCell>
              <TableCell className="figures text-right font-medium max-sm:pr-5">
                {formatCredits(wallet?.balance ?? 0)}
                <OtherBalances of={user} types={types} />
              </TableCell>
              <TableCell className="figures text-right text-muted-foreground max-sm:hidden">
                {formatCredits(wallet?.spent ?? 0)}
              </TableCell>
              <TableCell className="figures text-right text-muted-foreground max-lg:pr-5 max-sm:hidden">
                {formatCredits(wallet?.debt ?? 0)}
              </TableCell>
              <TableCell className="figures text-muted-foreground max-xl:pr-5 max-lg:hidden">
                {user.last_seen_at ? (
                  <time dateTime={user.last_seen_at}>{formatTimestamp(user.last_seen_at)}</time>
                ) : (
                  'Never'
                )}
              </TableCell>
              <TableCell className="figures text-muted-foreground max-xl:hidden">
                {formatDate(user.created_at)}
              </TableCell>
            </TableRow>
          )
        })}
      </TableBody>
    </Table>
  )
}

/** What the wallets beside the main one hold, where they hold something. */
async function OtherBalances({ of: { wallets }, types }: { of: UserSummary; types: readonly CreditType[] }) {
  const { countCredits } = await readFormat()
  return types.slice(1).map((type) => {
    const balance = wallets.find(({ credit_type }) => credit_type === type.id)?.balance ?? 0
    if (balance === 0) return null
    return (
      <span key={type.id} className="block font-normal text-muted-foreground text-xs">
        {countCredits(balance, type)}
      </span>
    )
  })
}
