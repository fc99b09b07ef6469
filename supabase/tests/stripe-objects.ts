import type { Lookup } from '../../lib/payments/stripe/lookup.ts'
import type { Delivery } from './events.ts'

type Data = Record<string, unknown>

export const seconds = (timestamp: unknown) => Math.floor(Date.parse(String(timestamp)) / 1000)
const text = (value: unknown) => String(value)
const customerOf = ({ customer }: Data) => text(Object(customer).customer_id)

const OURS = { user_id: 'u', package_id: 'pro', product_id: 'pdt_pro' }
const PLAN_PRICE = 2900

const STATUSES: Record<string, string> = {
  on_hold: 'unpaid',
  cancelled: 'canceled',
  failed: 'incomplete_expired',
}

const isTrial = (data: Data) => Number(data.trial_period_days) > 0 && isFirst(data)

/** What a delivery says of a subscription, as Stripe has it. @param status what the delivery says it is */
export function toSubscription(data: Data, status: string) {
  const product = text(data.product_id)
  return {
    id: text(data.subscription_id),
    object: 'subscription',
    customer: customerOf(data),
    status: status === 'active' && isTrial(data) ? 'trialing' : (STATUSES[status] ?? status),
    items: {
      data: [
        {
          id: 'si_1',
          quantity: 1,
          price: { id: `price_${product}`, product },
          current_period_start: seconds(data.previous_billing_date),
          current_period_end: seconds(data.next_billing_date),
        },
      ],
    },
    cancel_at_period_end: data.cancel_at_next_billing_date,
    cancel_at: null,
    schedule: null,
    metadata: OURS,
  }
}

const isFirst = ({ previous_billing_date, created_at }: Data) => previous_billing_date === created_at
/** The checkout that a plan of the stories begins with. */
export const planSessionOf = (customer: string) => `cks_pro-monthly_of_${customer}`

/** The payment of the checkout began the first period, others the later ones. */
function paymentOf(data: Data): string {
  const customer = customerOf(data)
  return isFirst(data) ? `pay_of_${planSessionOf(customer)}` : `pay_again_of_${customer}`
}

/** The invoice of the current period of a subscription: of nothing during a trial. */
export function toInvoice(data: Data, reason: string) {
  const amount = isTrial(data) ? 0 : PLAN_PRICE
  const line = {
    amount,
    period: { start: seconds(data.previous_billing_date), end: seconds(data.next_billing_date) },
    parent: { subscription_item_details: { proration: false } },
    pricing: { price_details: { product: data.product_id } },
  }
  const created = seconds(data.previous_billing_date)
  const payments = amount === 0 ? [] : [paid(paymentOf(data))]
  const billing_reason = isFirst(data) ? 'subscription_create' : reason
  return invoiceOf(data, { amount, billing_reason, created, lines: [line], payments })
}

/** The invoice of a charge: it tells nothing of a period, as when it takes the difference of a plan change. */
function toInvoiceOfCharge(data: Data, status: string) {
  const amount = Number(data.total_amount)
  const created = seconds(data.created_at)
  const lines = [
    {
      amount,
      period: { start: created, end: created },
      parent: { subscription_item_details: { proration: true } },
      pricing: null,
    },
  ]
  const billing_reason = data.checkout_session_id ? 'subscription_create' : 'subscription_cycle'
  const payments = amount === 0 ? [] : [paid(text(data.payment_id))]
  return { ...invoiceOf(data, { amount, billing_reason, created, lines, payments }), status }
}

const paid = (payment_intent: string) => ({ status: 'paid', payment: { payment_intent } })

type Billed = { amount: number; billing_reason: string; created: number; lines: object[]; payments: object[] }

const invoiceOf = (data: Data, { amount, lines, payments, ...billed }: Billed) => ({
  id: `in_${billed.created}_of_${text(data.subscription_id)}`,
  object: 'invoice',
  customer: customerOf(data),
  status: 'paid',
  amount_paid: amount,
  amount_due: amount,
  currency: 'usd',
  parent: { subscription_details: { subscription: data.subscription_id, metadata: OURS } },
  lines: { data: lines },
  payments: { data: payments },
  ...billed,
})

const INTENTS: Record<string, string> = { failed: 'requires_payment_method', cancelled: 'canceled' }

/** What Stripe answers about the objects of one delivery, and about no others. */
export function lookupOf({ type, data }: Delivery): Lookup {
  const [kind, status = ''] = type.split('.')
  const intent = { id: data.payment_id, status: INTENTS[status] ?? status, metadata: {} }
  const last_payment_error = { message: text(data.error_message) }
  const charge = toInvoiceOfCharge(data, status === 'succeeded' ? 'paid' : 'open')
  const reason = type.endsWith('plan_changed') ? 'subscription_update' : 'subscription_cycle'
  const nothing = async () => null
  return {
    intent: async (id) =>
      kind === 'payment' ? { ...intent, last_payment_error } : { ...intent, id, status: 'succeeded' },
    session: async (id) => ({ id, metadata: OURS, payment_intent: null, invoice: charge }),
    sessionOf: async () => ({ id: data.checkout_session_id ?? planSessionOf(customerOf(data)) }),
    invoice: async () => (kind === 'payment' ? charge : toInvoice(data, reason)),
    invoiceOf: async () => charge,
    subscription: async () => toSubscription(data, 'active'),
    schedule: nothing,
    refundsOf: async () => [],
  }
}
