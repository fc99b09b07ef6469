import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { PaymentDetails } from '@/lib/admin/read-payment'
import { REFUND_CARD_ID } from './refund-card-id'
import { RefundPaymentForm } from './refund-payment-form'

/** The way to give a payment back, or why there is none. */
export function RefundCard({ details: { payment, summary, refunds } }: { details: PaymentDetails }) {
  const charged = payment.status === 'succeeded' ? (payment.charged_amount ?? 0) : 0
  const gone = refunds
    .filter(({ status }) => status !== 'failed')
    .reduce((sum, { amount }) => sum + (amount ?? charged), 0)
  const refundable = charged - gone
  return (
    <Card id={REFUND_CARD_ID} tabIndex={-1} className="outline-none">
      <CardHeader>
        <CardTitle>Refund</CardTitle>
      </CardHeader>
      <CardContent>
        {refundable > 0 && payment.charged_currency !== null ? (
          <RefundPaymentForm
            userId={payment.user_id}
            email={summary.email}
            paymentId={payment.id}
            creditType={payment.credit_type}
            refundable={refundable}
            currency={payment.charged_currency}
          />
        ) : (
          <p className="text-muted-foreground text-sm">
            {charged > 0
              ? 'All of it was refunded, or is being refunded.'
              : 'Only a payment that was charged can be refunded.'}
          </p>
        )}
      </CardContent>
    </Card>
  )
}
