import Link from 'next/link'
import { WalletName } from '@/components/credits/wallet-name'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { PaymentSummary } from '@/lib/admin/list-payments'
import { readFormat } from '@/lib/reader/read-reader'
import { cn } from '@/lib/utils'
import { PaymentState } from './payment-state'

type PaymentsTableProps = {
  payments: readonly PaymentSummary[]
  /** Whether they are all of one user, who then need not be named. */
  ofOneUser?: boolean
}

/** Payments, newest first; each row leads to the payment. On small screens state and date move under the rest. */
export async function PaymentsTable({ payments, ofOneUser = false }: PaymentsTableProps) {
  const { timeZone, formatDateTime, formatTimestamp, formatMoney, formatSignedCredits } = await readFormat()
  return (
    <Table>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>Payment</TableHead>
          {!ofOneUser && <TableHead className="max-md:hidden">{`Date (${timeZone})`}</TableHead>}
          <TableHead className="max-sm:hidden">State</TableHead>
          <TableHead className="text-right">Amount</TableHead>
          <TableHead className="text-right">Credits</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {payments.map((payment) => (
          <TableRow key={payment.id} className="relative">
            <TableCell className="w-full max-w-0">
              {/* The link covers the whole row, the user's stands above it. */}
              <Link
                href={`/admin/payments/${payment.id}`}
                className="block truncate py-0.5 font-medium after:absolute after:inset-0"
              >
                {payment.package_name}
              </Link>
              {!ofOneUser && (
                <Link
                  href={`/admin/users/${payment.user_id}`}
                  className="relative z-10 block w-fit max-w-full truncate py-1 pointer-coarse:py-3.5 text-muted-foreground text-xs underline-offset-4 hover:underline"
                >
                  {payment.email}
                </Link>
              )}
              <time
                dateTime={payment.created_at}
                className={cn(
                  'block whitespace-normal text-muted-foreground text-xs',
                  !ofOneUser && 'md:hidden',
                )}
              >
                {formatTimestamp(payment.created_at)}
              </time>
              <span className="mt-1.5 flex flex-wrap gap-1 sm:hidden">
                <PaymentState payment={payment} />
              </span>
            </TableCell>
            {!ofOneUser && (
              <TableCell className="figures text-muted-foreground max-md:hidden">
                <time dateTime={payment.created_at}>{formatDateTime(payment.created_at)}</time>
              </TableCell>
            )}
            <TableCell className="max-sm:hidden">
              <span className="flex flex-wrap gap-1">
                <PaymentState payment={payment} />
              </span>
            </TableCell>
            <TableCell className="figures text-right">
              <span className="block font-medium">{formatMoney(payment.amount, payment.currency)}</span>
              {payment.refunded_amount > 0 && (
                <span className="block text-muted-foreground text-xs">
                  −{formatMoney(payment.refunded_amount, payment.currency)}
                </span>
              )}
            </TableCell>
            <TableCell className="figures text-right">
              <span className="block">{formatSignedCredits(payment.credits_granted)}</span>
              <WalletName creditType={payment.credit_type} className="justify-end" />
              {payment.credits_taken_back > 0 && (
                <span className="block text-muted-foreground text-xs">
                  {formatSignedCredits(-payment.credits_taken_back)}
                </span>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
