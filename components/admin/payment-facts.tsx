import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { PaymentDetails } from '@/lib/admin/read-payment'
import { formatCredits, formatMoney } from '@/lib/format'
import { CopyId } from './copy-id'
import { Fact, Facts } from './facts'
import { StateBadge } from './state-badge'
import { Moment } from './timestamp'

/** What a payment is: the money, the times, and its ids at the provider. */
export function PaymentFacts({ details: { payment, subscriptionId } }: { details: PaymentDetails }) {
  const { charged_amount, charged_currency } = payment
  const charged = charged_amount !== null && charged_currency !== null
  return (
    <Card>
      <CardHeader>
        <CardTitle>Payment</CardTitle>
      </CardHeader>
      <CardContent>
        <Facts>
          <Fact name="Charge">
            <StateBadge state={payment.status} />
          </Fact>
          <Fact name="Charged">
            {charged ? `${formatMoney(charged_amount, charged_currency)}, tax included` : 'Nothing yet'}
          </Fact>
          <Fact name="Price at checkout">{formatMoney(payment.amount, payment.currency)}</Fact>
          <Fact name="Refunded">
            {payment.refunded_amount > 0 &&
              formatMoney(payment.refunded_amount, charged_currency ?? payment.currency)}
          </Fact>
          <Fact name="What it grants">{formatCredits(payment.credits)} credits</Fact>
          <Fact wide name="Reason of the failure">
            {payment.failure_reason}
          </Fact>
          <Fact name="Written down">
            <Moment at={payment.created_at} />
          </Fact>
          <Fact name="Charged at">{payment.charged_at && <Moment at={payment.charged_at} />}</Fact>
          <Fact name="Known as paid since">{payment.paid_at && <Moment at={payment.paid_at} />}</Fact>
          <Fact name="Provider last asked">{payment.checked_at && <Moment at={payment.checked_at} />}</Fact>
          <Id name="payment id" id={payment.provider_payment_id} />
          <Id name="checkout id" id={payment.checkout_session_id} />
          <Id name="subscription id" id={subscriptionId} />
          <Id name="product id" id={payment.provider_product_id} />
        </Facts>
      </CardContent>
    </Card>
  )
}

function Id({ name, id }: { name: string; id: string | null }) {
  if (!id) return null
  return (
    <Fact wide name={name.charAt(0).toUpperCase() + name.slice(1)}>
      <CopyId id={id} name={name} />
    </Fact>
  )
}
