import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { PaymentDetails as Payment } from '@/lib/admin/read-payment'
import type { CreditUnit } from '@/lib/credit-type'
import { readFormat } from '@/lib/reader/read-reader'
import { capitalize } from '@/lib/text'
import { CopyId } from './copy-id'
import { Detail, DetailList } from './detail-list'
import { StateBadge } from './state-badge'
import { Timestamp } from './timestamp'

type PaymentDetailsProps = { details: Payment; unit: CreditUnit }

/** What a payment is: the money, the times, and its ids at the provider. */
export async function PaymentDetails({ details: { payment, subscriptionId }, unit }: PaymentDetailsProps) {
  const { countCredits, formatMoney } = await readFormat()
  const { charged_amount, charged_currency } = payment
  const charged = charged_amount !== null && charged_currency !== null
  return (
    <Card>
      <CardHeader>
        <CardTitle>Payment</CardTitle>
      </CardHeader>
      <CardContent>
        <DetailList>
          <Detail name="Charge">
            <StateBadge state={payment.status} />
          </Detail>
          <Detail name="Charged">
            {charged ? `${formatMoney(charged_amount, charged_currency)}, tax included` : 'Nothing yet'}
          </Detail>
          <Detail name="Price at checkout">{formatMoney(payment.amount, payment.currency)}</Detail>
          <Detail name="Refunded">
            {payment.refunded_amount > 0 &&
              formatMoney(payment.refunded_amount, charged_currency ?? payment.currency)}
          </Detail>
          <Detail name="What it grants">{countCredits(payment.credits, unit)}</Detail>
          <Detail wide name="Reason of the failure">
            {payment.failure_reason}
          </Detail>
          <Detail name="Created">
            <Timestamp at={payment.created_at} />
          </Detail>
          <Detail name="Charged at">{payment.charged_at && <Timestamp at={payment.charged_at} />}</Detail>
          <Detail name="Paid at">{payment.paid_at && <Timestamp at={payment.paid_at} />}</Detail>
          <Detail name="Provider last asked">
            {payment.checked_at && <Timestamp at={payment.checked_at} />}
          </Detail>
          <Id name="payment id" id={payment.provider_payment_id} />
          <Id name="checkout id" id={payment.checkout_session_id} />
          <Id name="subscription id" id={subscriptionId} />
          <Id name="product id" id={payment.provider_product_id} />
        </DetailList>
      </CardContent>
    </Card>
  )
}

function Id({ name, id }: { name: string; id: string | null }) {
  if (!id) return null
  return (
    <Detail wide name={capitalize(name)}>
      <CopyId id={id} name={name} />
    </Detail>
  )
}
