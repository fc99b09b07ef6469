import { listProducts } from '../../catalog.ts'
import { findCustomer } from '../../find.ts'
import type { Sandbox } from '../../sandbox.ts'
import { toPayment } from '../../shapes/payment.ts'
import type { DodoPayments } from '../../types.ts'
import { frequency, longDate, money } from '../money.ts'
import type { PortalPayment, PortalSubscription, PortalView } from './portal-page.ts'

/** What a customer of DodoPayments has and has paid. @throws SandboxError 404 when there is no such customer */
export function toPortalView(sandbox: Sandbox, customerId: string): PortalView {
  const { state } = sandbox.store
  const { email } = findCustomer(sandbox, customerId)
  const isTheirs = (item: { customer: DodoPayments.CustomerLimitedDetails }) =>
    item.customer.customer_id === customerId
  const names = new Map(listProducts(sandbox).map(({ product }) => [product.product_id, product.name]))
  const nameOf = (id = '') => names.get(id) ?? id
  return {
    email,
    subscriptions: Object.values(state.subscriptions)
      .map(({ subscription }) => subscription)
      .filter((subscription) => isTheirs(subscription) && subscription.status !== 'failed')
      .map((subscription) => toSubscription(subscription, nameOf(subscription.product_id))),
    payments: Object.values(state.payments)
      .filter(isTheirs)
      .map((payment) => toPayment(state, payment))
      .map((payment) => toPortalPayment(payment, nameOf(payment.product_cart?.[0]?.product_id))),
  }
}

function toSubscription(subscription: DodoPayments.Subscription, name: string): PortalSubscription {
  const { payment_frequency_count: count, payment_frequency_interval: interval } = subscription
  const price = money(subscription.recurring_pre_tax_amount, subscription.currency)
  return {
    id: subscription.subscription_id,
    name,
    status: subscription.status,
    price: `${price} ${frequency(count, interval)}`,
    note: describeStatus(subscription),
    choices: choicesOf(subscription),
  }
}

function describeStatus({ status, ...subscription }: DodoPayments.Subscription): string {
  const date = longDate(subscription.next_billing_date)
  if (status === 'active') {
    return subscription.cancel_at_next_billing_date ? `Ends on ${date}` : `Renews on ${date}`
  }
  if (status === 'on_hold' || status === 'past_due') return 'The last payment failed. A new card pays it.'
  if (status === 'cancelled' && subscription.cancelled_at)
    return `Ended on ${longDate(subscription.cancelled_at)}`
  return status === 'expired' ? `Ended on ${date}` : ''
}

function choicesOf({
  status,
  cancel_at_next_billing_date: ending,
}: DodoPayments.Subscription): PortalSubscription['choices'] {
  if (status === 'on_hold' || status === 'past_due') return ['card', 'cancel']
  if (status !== 'active') return []
  return ['card', ending ? 'resume' : 'cancel']
}

function toPortalPayment(payment: DodoPayments.Payment, name: string): PortalPayment {
  return {
    amount: money(payment.total_amount, payment.currency),
    status: payment.status ?? '',
    refund: payment.refund_status ? `${payment.refund_status} refund` : null,
    name,
    at: payment.created_at,
    invoiceUrl: payment.invoice_id ? `/invoice/${payment.payment_id}` : null,
  }
}
