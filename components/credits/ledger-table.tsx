import { CornerDownRightIcon } from 'lucide-react'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { LedgerRow } from '@/lib/account/list-transactions'
import type { LedgerEntry } from '@/lib/account/read-ledger-page'
import type { Format } from '@/lib/format'
import { readFormat } from '@/lib/reader/read-reader'
import { cn } from '@/lib/utils'
import { dayInZone } from '@/lib/zone-days'
import type { Charge } from './describe-entry'
import { EntryButton } from './entry-button'
import { groupByDay } from './group-by-day'
import { SignedAmount } from './signed-amount'
import { TransactionTypeBadge } from './transaction-type-badge'

type LedgerTableProps = {
  entries: readonly LedgerEntry[]
  /** What a charge was for, in words of its tool; null where that is not known. */
  describeCharge: (entry: LedgerEntry) => Charge | null
}

/** Ledger entries as given, newest first, by the days of the reader. A charge has its refunds below it. */
export async function LedgerTable({ entries, describeCharge }: LedgerTableProps) {
  const format = await readFormat()
  return (
    <Table>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>Description</TableHead>
          <TableHead className="max-sm:hidden">Time</TableHead>
          <TableHead className="text-right max-sm:pr-5">Amount</TableHead>
          <TableHead className="text-right max-sm:hidden">Balance</TableHead>
        </TableRow>
      </TableHeader>
      {groupByDay(entries, format, new Date()).map(({ day, label, entries }) => (
        <TableBody key={day} className="border-b last:border-0">
          <TableRow className="bg-muted/40 hover:bg-muted/40">
            <th
              scope="rowgroup"
              colSpan={4}
              className="px-5 py-1.5 text-left font-medium text-muted-foreground text-xs"
            >
              {label}
            </th>
          </TableRow>
          {entries.flatMap((entry) => [
            <LedgerLine key={entry.id} row={entry} charge={describeCharge(entry)} format={format} />,
            ...entry.refunds.map((refund) => (
              <LedgerLine key={refund.id} row={refund} charge={null} format={format} belowDay={day} />
            )),
          ])}
        </TableBody>
      ))}
    </Table>
  )
}

type LedgerLineProps = {
  row: LedgerRow
  charge: Charge | null
  format: Format
  /** The day that it stands under, where it belongs to the line above. */
  belowDay?: string
}

function LedgerLine({ row, charge, format, belowDay }: LedgerLineProps) {
  const { formatCredits, formatSignedCredits } = format
  const below = belowDay !== undefined
  // A refund far from its charge stands under the day of that one.
  const isElsewhere = below && dayInZone(row.created_at, format.timeZone) !== belowDay
  const time = isElsewhere ? format.formatDateTime(row.created_at) : format.formatTime(row.created_at)
  const title = row.description ?? row.action ?? 'Transaction'
  return (
    <TableRow data-seq={row.seq} className="relative">
      <TableCell className={cn('w-full max-w-0 whitespace-normal', below && 'py-1.5 first:pl-9')}>
        <div className={cn('flex min-w-0 gap-2', below && 'text-muted-foreground text-xs')}>
          {below && <CornerDownRightIcon aria-hidden className="mt-0.5 size-3.5 shrink-0" />}
          <div className="min-w-0 flex-1">
            <EntryButton row={row} charge={charge} title={title} />
            <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground text-xs">
              {row.type !== 'deduction' && <TransactionTypeBadge type={row.type} />}
              {charge?.what && <span>{charge.what}</span>}
              <time dateTime={row.created_at} className="sm:hidden">
                {time}
              </time>
            </p>
          </div>
        </div>
      </TableCell>
      <TableCell className="figures text-muted-foreground max-sm:hidden">
        <time dateTime={row.created_at}>{time}</time>
      </TableCell>
      <TableCell className="text-right max-sm:pr-5">
        <SignedAmount amount={row.amount} />
        {row.debt_change !== null && row.debt_change !== 0 && (
          <span className="figures block text-muted-foreground text-xs">
            {`Debt ${formatSignedCredits(row.debt_change)}`}
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
    </TableRow>
  )
}
