import Link from 'next/link'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { UserSummary } from '@/lib/admin/list-users'
import { formatCredits, formatDate } from '@/lib/format'

/** Users with their balance; each row leads to the user. */
export function UsersTable({ users }: { users: readonly UserSummary[] }) {
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
            <TableCell className="figures text-right font-medium">{formatCredits(user.balance)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
