import type Stripe from 'stripe'
import type { RenewalOutcome as DodoOutcome, SandboxState } from '../dodopayments/types.ts'
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
export type Invoice = Plain<Stripe.Invoice>
export type Schedule = Plain<Stripe.SubscriptionSchedule>

/** What only the sandbox knows of a checkout. */
export type SessionRecord = {
  session: Session
  price: Plain<Stripe.Price>
  /** For the payment of a purchase, or for the subscription. */
  metadata: Stripe.Metadata
  makesInvoice: boolean
  /** Of a plan: days before it is charged for the first time. */
  trialDays: number
  /** Each attempt to pay it is one of this payment. */
  intentId?: string
  /** The card it was paid with. */
  cardNumber?: string
}

/** How a renewal ends: paid, to be tried again, or given up. */
export const RENEWAL_OUTCOMES = ['succeeded', 'past_due', 'on_hold'] as const satisfies readonly DodoOutcome[]
export type RenewalOutcome = (typeof RENEWAL_OUTCOMES)[number]

/** A subscription as the API shows it, and what only the sandbox knows of it. */
export type SubscriptionRecord = {
  subscription: Plain<Stripe.Subscription>
  cardNumber: string
  /** The day of the month its periods begin on, in months that have it. */
  billingDay: number
  /** Asked for through a control; null leaves the next renewal to the card. */
  nextRenewal: RenewalOutcome | null
}

export type StripeState = Pick<SandboxState, 'deliveries' | 'faults' | 'settlements' | 'portals'> & {
  customers: Record<string, Plain<Stripe.Customer>>
  /** Made or changed through the API; they come before those of the options. */
  products: Record<string, Plain<Stripe.Product>>
  prices: Record<string, Plain<Stripe.Price>>
  sessions: Record<string, SessionRecord>
  intents: Record<string, PaymentIntent>
  refunds: Record<string, Plain<Stripe.Refund>>
  disputes: Record<string, Plain<Stripe.Dispute>>
  subscriptions: Record<string, SubscriptionRecord>
  schedules: Record<string, Schedule>
  invoices: Record<string, Invoice>
  paymentMethods: Record<string, Plain<Stripe.PaymentMethod>>
  invoicePayments: Record<string, Plain<Stripe.InvoicePayment>>
  /** Answers by idempotency key, with the request they answer. */
  answers: Record<string, { request: string; status: number; body: unknown }>
}

export type StripeSandbox = {
  options: StripeSandboxOptions
  store: { readonly state: StripeState; save(): void }
  webhooks: Webhooks
  url(): string
}

export const emptyState = (): StripeState => ({
  customers: {},
  products: {},
  prices: {},
  sessions: {},
  intents: {},
  refunds: {},
  disputes: {},
  subscriptions: {},
  schedules: {},
  invoices: {},
  paymentMethods: {},
  invoicePayments: {},
  portals: {},
  answers: {},
  deliveries: {},
  faults: { hold: 0, fail: 0, duplicate: 0, delay: 0, delayMilliseconds: 5_000, failRefunds: 0 },
  settlements: {},
})
