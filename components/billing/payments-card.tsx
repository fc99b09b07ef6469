import { ReceiptTextIcon } from 'lucide-react'
import { DodoCheckoutButton } from '@/components/dodopayments/DodoCheckoutButton'
import { OwnerOnly } from '@/components/layout/owner-only'
import { Badge } from '@/components/ui/badge'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { Format } from '@/lib/format'
import { type ListedPayment, listPayments } from '@/lib/payments/checkout/read-payments'
import { readFormat } from '@/lib/reader/read-reader'
import { InvoiceLink } from './invoice-link'
import { describePayment, isUnfinished, type PaymentStatus } from './payment-text'
import { PortalButton } from './portal-button'

const VARIANTS = { good: 'default', plain: 'secondary', warning: 'warning', bad: 'destructive' } as const

/** What a user has paid, or tried to, with the invoices; `portal` adds the way to the customer portal. */
export async function PaymentsCard({ userId, portal }: { userId: string; portal: boolean }) {
  const [{ payments, more }, format] = await Promise.all([listPayments(userId), readFormat()])
  return (
    <Card className="min-w-0 gap-0 py-0">
      <CardHeader className="flex min-h-14 items-center justify-between border-b py-2.5">
        <CardTitle>Payments</CardTitle>
        {portal && payments.length > 0 && (
          <OwnerOnly>
            <PortalButton variant="outline" size="sm">
              Customer portal
            </PortalButton>
          </OwnerOnly>
        )}
      </CardHeader>
      {payments.length === 0 ? (
        <EmptyState
          icon={ReceiptTextIcon}
          title="No payments yet"
          description="What you buy is listed here, with its invoice."
        />
      ) : (
        <PaymentsTable payments={payments} format={format} />
      )}
      {more && (
        <p className="border-t px-5 py-3 text-muted-foreground text-sm">
          These are the latest {payments.length}. Older ones are in the customer portal.
        </p>
      )}
    </Card>
  )
}

function PaymentsTable({ payments, format }: { payments: readonly ListedPayment[]; format: Format }) {
  return (
    <Table>
      <TableHeader>
        <TableRow>
          <TableHead className="max-sm:hidden">Date</TableHead>
          <TableHead className="max-sm:pl-5">For</TableHead>
          <TableHead className="max-sm:hidden">Status</TableHead>
          <TableHead className="text-right">Amount</TableHead>
          <TableHead className="w-0">
            <span className="sr-only">Invoice</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {payments.map((payment) => (
          <PaymentRow key={payment.id} payment={payment} format={format} />
        ))}
      </TableBody>
    </Table>
  )
}

function PaymentRow({ payment, format }: { payment: ListedPayment; format: Format }) {
  const day = format.formatDate(payment.date)
  const status = <Status {...describePayment(format, payment.state)} />
  return (
    <TableRow>
      <TableCell className="figures text-muted-foreground max-sm:hidden">{day}</TableCell>
      <TableCell className="whitespace-normal max-sm:pl-5">
        <p className="font-medium">{payment.what}</p>
        <p className="figures mb-1.5 text-muted-foreground text-xs sm:hidden">{day}</p>
        <div className="sm:hidden">{status}</div>
      </TableCell>
      <TableCell className="whitespace-normal max-sm:hidden">{status}</TableCell>
      <TableCell className="figures text-right">
        {format.formatMoney(payment.amount, payment.currency)}
      </TableCell>
      <TableCell className="pl-0 text-right">
        <OwnerOnly>
          {isUnfinished(payment.state) && (
            <DodoCheckoutButton
              packageId={payment.packageId}
              variant="outline"
              size="sm"
              aria-label={`Resume the payment for ${payment.what}`}
            >
              Resume
            </DodoCheckoutButton>
          )}
          {payment.charged && (
            <InvoiceLink paymentId={payment.id} label={`Invoice of ${day}, ${payment.what}`} />
          )}
        </OwnerOnly>
      </TableCell>
    </TableRow>
  )
}

function Status({ label, tone, note }: PaymentStatus) {
  return (
    <>
      <Badge variant={VARIANTS[tone]} className="max-sm:whitespace-normal">
        {label}
      </Badge>
      {note && <p className="mt-1 text-muted-foreground text-xs">{note}</p>}
    </>
  )
}
