import { missing } from './errors.ts'
import type { Invoice, PaymentIntent, SessionRecord, StripeState, SubscriptionRecord } from './sandbox.ts'

type Id = string | undefined

/** @throws SandboxError 404, as the others here */
export const findSession = (state: StripeState, id: Id): SessionRecord =>
  state.sessions[id ?? ''] ?? refuse('checkout.session', id)

export const findIntent = (state: StripeState, id: Id): PaymentIntent =>
  state.intents[id ?? ''] ?? refuse('payment_intent', id)

export const findInvoice = (state: StripeState, id: Id): Invoice =>
  state.invoices[id ?? ''] ?? refuse('invoice', id)

export const findSubscription = (state: StripeState, id: Id): SubscriptionRecord =>
  state.subscriptions[id ?? ''] ?? refuse('subscription', id)

export const findSchedule = (state: StripeState, id: Id) =>
  state.schedules[id ?? ''] ?? refuse('subscription schedule', id)

export const findCustomer = (state: StripeState, id: Id) =>
  state.customers[id ?? ''] ?? refuse('customer', id)

function refuse(kind: string, id: Id): never {
  throw missing(kind, id)
}
