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
          <TableHead className="max-sm:hidden">Type</TableHead>
          <TableHead className="max-sm:pl-5">Description</TableHead>
          {!narrow && <TableHead className="max-md:hidden">{`Date (${timeZone})`}</TableHead>}
          <TableHead className={cn('text-right', !action && 'max-sm:pr-5')}>Amount</TableHead>
          <TableHead className="text-right max-sm:hidden">Balance</TableHead>
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
            <TableCell className="max-sm:hidden">
              <TransactionTypeBadge type={row.type} />
            </TableCell>
            <TableCell className="w-full whitespace-normal max-sm:max-w-0 max-sm:pl-5 sm:min-w-40">
              <span className="line-clamp-2 break-words">{row.description ?? row.action}</span>
              <span
                className={cn(
                  'flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground text-xs',
                  !narrow && 'md:hidden',
                )}
              >
                {row.type !== 'deduction' && (
                  <span className="sm:hidden">
                    <TransactionTypeBadge type={row.type} />
                  </span>
                )}
                <time dateTime={row.created_at}>{formatTimestamp(row.created_at)}</time>
              </span>
            </TableCell>
            {!narrow && (
              <TableCell className="figures text-muted-foreground max-md:hidden">
                <time dateTime={row.created_at}>{formatDateTime(row.created_at)}</time>
              </TableCell>
            )}
            <TableCell className={cn('text-right', !action && 'max-sm:pr-5')}>
              <SignedAmount amount={row.amount} />
              {row.debt_change !== null && row.debt_change !== 0 && (
                <span className="figures block text-muted-foreground text-xs">
                  Debt {formatSignedCredits(row.debt_change)}
                </span>
              )}
              <span className="figures block text-muted-foreground text-xs sm:hidden">
                <span className="sr-only">Balance </span>
                <span>{formatCredits(row.balance_after)}</span>
              </span>
            </TableCell>
            <TableCell className="figures text-right text-muted-foreground max-sm:hidden">
              {formatCredits(row.balance_after)}
            </TableCell>
            {action && <TableCell className="py-1 pl-0">{action(row)}</TableCell>}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
