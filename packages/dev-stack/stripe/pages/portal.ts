import { longDate } from '../../dodopayments/pages/money.ts'
import type {
  PortalPayment,
  PortalSubscription,
  PortalView,
} from '../../dodopayments/pages/portal/portal-page.ts'
import { findCustomer } from '../find.ts'
import { paymentsOf } from '../invoices.ts'
import { findProduct } from '../products.ts'
import { refundedOf } from '../refunds.ts'
import type { Invoice, StripeSandbox, SubscriptionRecord } from '../sandbox.ts'
import { itemOf } from '../subscriptions/period.ts'
import { amountText, rhythmText } from './page.ts'

/** What a customer of Stripe has and has paid. @throws SandboxError 404 when there is no such customer */
export function toPortalView(sandbox: StripeSandbox, customerId: string): PortalView {
  const { state } = sandbox.store
  return {
    email: findCustomer(state, customerId).email ?? '',
    subscriptions: Object.values(state.subscriptions)
      .filter(({ subscription }) => subscription.customer === customerId)
      .map((record) => toSubscription(sandbox, record)),
    payments: Object.values(state.invoices)
      .filter(({ customer, attempted }) => customer === customerId && attempted)
      .map((invoice) => toPayment(sandbox, invoice)),
  }
}

function toSubscription(sandbox: StripeSandbox, record: SubscriptionRecord): PortalSubscription {
  const { id, status, cancel_at_period_end: ending, ended_at } = record.subscription
  const { price, current_period_end } = itemOf(record)
  const isOver = status === 'canceled'
  const owes = status === 'past_due' || status === 'unpaid'
  const end = dateText(isOver && ended_at ? ended_at : current_period_end)
  return {
    id,
    name: findProduct(sandbox, String(price.product)).name,
    status,
    price: `${amountText(price.unit_amount, price.currency)}${rhythmText(price)}`,
    note: isOver
      ? `Ended on ${end}`
      : owes
        ? 'The last payment failed. A new card pays it.'
        : `${ending ? 'Ends' : 'Renews'} on ${end}`,
    choices: isOver ? [] : ['card', ending ? 'resume' : 'cancel'],
  }
}

function toPayment(sandbox: StripeSandbox, invoice: Invoice): PortalPayment {
  const { state } = sandbox.store
  const intent = state.intents[String(paymentsOf(state, invoice.id)[0]?.payment.payment_intent)]
  const refunded = intent ? refundedOf(state, intent) : 0
  const product = invoice.lines.data[0]?.pricing?.price_details?.product
  return {
    amount: amountText(invoice.total, invoice.currency),
    status: invoice.status ?? '',
    refund: refunded === 0 ? null : refunded === invoice.total ? 'full refund' : 'partial refund',
    name: product ? findProduct(sandbox, product).name : 'Package',
    at: new Date(invoice.created * 1000).toISOString(),
    invoiceUrl: invoice.invoice_pdf ?? null,
  }
}

const dateText = (seconds: number) => longDate(new Date(seconds * 1000).toISOString())
