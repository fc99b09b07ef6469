import type { ReactNode } from 'react'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { LedgerRow } from '@/lib/account/list-transactions'
import { readFormat } from '@/lib/reader/read-reader'
import { cn } from '@/lib/utils'
import { SignedAmount } from './signed-amount'
import { TransactionTypeBadge } from './transaction-type-badge'

type TransactionsTableProps = {
  rows: readonly LedgerRow[]
  /** What can be done with a row, at its end. */
  action?: (row: LedgerRow) => ReactNode
  /** Whether it stands beside something else: the date then moves under the description on large screens too. */
  narrow?: boolean
}

/** Ledger rows as given, newest first. On small screens the date moves under the description. */
export async function TransactionsTable({ rows, action, narrow = false }: TransactionsTableProps) {
  const { formatCredits, formatDateTime, formatSignedCredits, formatTimestamp, timeZone } = await readFormat()
  return (
    <Table>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>Type</TableHead>
          <TableHead className="max-sm:hidden">Description</TableHead>
          {!narrow && <TableHead className="max-md:hidden">{`Date (${timeZone})`}</TableHead>}
          <TableHead className="text-right">Amount</TableHead>
          <TableHead className="text-right">Balance</TableHead>
          {action && (
            <TableHead className="w-0">
              <span className="sr-only">More</span>
            </TableHead>
          )}
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id} data-seq={row.seq}>
            <TableCell>
              <TransactionTypeBadge type={row.type} />
              <span className="mt-1.5 line-clamp-2 max-w-48 whitespace-normal break-words text-muted-foreground text-xs sm:hidden">
                {row.description ?? row.action}
              </span>
              <time
                dateTime={row.created_at}
                className="mt-0.5 block whitespace-normal text-muted-foreground text-xs sm:hidden"
              >
                {formatTimestamp(row.created_at)}
              </time>
            </TableCell>
            <TableCell className="w-full min-w-40 whitespace-normal max-sm:hidden">
              <span className="line-clamp-2 break-words">{row.description ?? row.action}</span>
              <time
                dateTime={row.created_at}
                className={cn('block text-muted-foreground text-xs', !narrow && 'md:hidden')}
              >
                {formatTimestamp(row.created_at)}
              </time>
            </TableCell>
            {!narrow && (
              <TableCell className="figures text-muted-foreground max-md:hidden">
                <time dateTime={row.created_at}>{formatDateTime(row.created_at)}</time>
              </TableCell>
            )}
            <TableCell className="text-right">
              <SignedAmount amount={row.amount} />
              {row.debt_change !== null && row.debt_change !== 0 && (
                <span className="figures block text-muted-foreground text-xs">
                  Debt {formatSignedCredits(row.debt_change)}
                </span>
              )}
            </TableCell>
            <TableCell className="figures text-right text-muted-foreground">
              {formatCredits(row.balance_after)}
            </TableCell>
            {action && <TableCell className="py-1 pl-0">{action(row)}</TableCell>}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
