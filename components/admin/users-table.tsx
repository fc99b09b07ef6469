import Link from 'next/link'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { UserSummary } from '@/lib/admin/list-users'
import type { CreditType } from '@/lib/credit-type'
import { countCredits, formatCredits, formatDate } from '@/lib/format'

type UsersTableProps = { users: readonly UserSummary[]; types: readonly CreditType[] }

/** Users with what their wallets hold; each row leads to the user. */
export function UsersTable({ users, types }: UsersTableProps) {
  return (
    <Table>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>User</TableHead>
          <TableHead className="max-sm:hidden">Since</TableHead>
          <TableHead className="text-right">Balance</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {users.map((user) => (
          <TableRow key={user.id} className="relative">
            <TableCell className="w-full max-w-0">
              {/* The link covers the whole row. */}
              <Link
                href={`/admin/users/${user.id}`}
                className="block truncate font-medium after:absolute after:inset-0"
              >
                {user.email}
              </Link>
              {user.name && <span className="block truncate text-muted-foreground text-xs">{user.name}</span>}
            </TableCell>
            <TableCell className="figures text-muted-foreground max-sm:hidden">
              {formatDate(user.createdAt)}
            </TableCell>
            <TableCell className="figures text-right font-medium">
              <Balances of={user} types={types} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

/** The main wallet as a number, and below it those of the others that hold something. */
function Balances({ of: { balances }, types }: { of: UserSummary; types: readonly CreditType[] }) {
  const [main, ...others] = types
  return (
    <>
      <span>{formatCredits((main && balances[main.id]) ?? 0)}</span>
      {others.map((type) => {
        const balance = balances[type.id] ?? 0
        if (balance === 0) return null
        return (
          <span key={type.id} className="block font-normal text-muted-foreground text-xs">
            {countCredits(balance, type)}
          </span>
        )
      })}
    </>
  )
}
