import type Stripe from 'stripe'
import type { Delivery, Faults } from '../dodopayments/types.ts'
import type { Webhooks } from '../dodopayments/webhooks.ts'
import type { Plain } from './plain.ts'

export type StripeSandboxOptions = {
  /** Where the state file lives. */
  directory: string
  /** 0 takes any free port. */
  port: number
  /** `sk_…`: the secret key the API asks for. */
  secretKey: string
  /** `whsec_…`: signs every delivery. */
  webhookSecret: string
  webhookUrl: string
  /** What its products are called; the price comes with each checkout. */
  products: readonly { productId: string; name: string; description: string }[]
  /** Milliseconds before each attempt of a delivery; when the list ends, the delivery has failed. */
  retrySchedule?: readonly number[]
  /** Milliseconds after which an unanswered delivery counts as refused. */
  deliveryTimeout?: number
  /** Milliseconds a payment with the slow card stays `processing`. */
  settlementDelay?: number
}

export type Session = Plain<Stripe.Checkout.Session>
export type PaymentIntent = Plain<Stripe.PaymentIntent>

/** What only the sandbox knows of a checkout. */
type SessionRecord = {
  session: Session
  productId: string
  intentMetadata: Stripe.Metadata
  makesInvoice: boolean
}

export type StripeState = {
  customers: Record<string, Plain<Stripe.Customer>>
  sessions: Record<string, SessionRecord>
  intents: Record<string, PaymentIntent>
  refunds: Record<string, Plain<Stripe.Refund>>
  disputes: Record<string, Plain<Stripe.Dispute>>
  invoices: Record<string, Plain<Stripe.Invoice>>
  /** Answers by idempotency key, with the request they answer. */
  answers: Record<string, { request: string; status: number; body: unknown }>
  deliveries: Record<string, Delivery>
  faults: Faults
  /** Checkouts whose money is on its way, and when it comes. */
  settlements: Record<string, string>
}

export type StripeSandbox = {
  options: StripeSandboxOptions
  store: { readonly state: StripeState; save(): void }
  webhooks: Webhooks
  url(): string
}

export const emptyState = (): StripeState => ({
  customers: {},
  sessions: {},
  intents: {},
  refunds: {},
  disputes: {},
  invoices: {},
  answers: {},
  deliveries: {},
  faults: { hold: 0, fail: 0, duplicate: 0, delay: 0, delayMilliseconds: 5_000, failRefunds: 0 },
  settlements: {},
})
