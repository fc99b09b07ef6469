import type DodoPayments from 'dodopayments'

export type { DodoPayments }

/** One thing for sale; `SEEDED_PACKAGES` fits as it is. `price` is in minor units of `currency`. */
export type SandboxProduct = {
  name: string
  description: string
  price: number
  currency: string
  productId: string
  /** Charged each month or each year; left out, once. */
  interval?: 'month' | 'year' | null
  metadata?: DodoPayments.Metadata
}

export type SandboxOptions = {
  /** Where the state file lives. */
  directory: string
  /** 0 takes any free port. */
  port: number
  /** The bearer token the API asks for. */
  apiKey: string
  /** `whsec_…`, or bare base64: signs every delivery. */
  webhookKey: string
  webhookUrl: string
  products: readonly SandboxProduct[]
  /** Milliseconds before each attempt of a delivery; when the list ends, the delivery has failed. */
  retrySchedule?: readonly number[]
  /** Milliseconds after which an unanswered delivery counts as refused. */
  deliveryTimeout?: number
  /** Milliseconds a payment with the slow card stays `processing`, and a refund `pending`. */
  settlementDelay?: number
  /** Milliseconds a checkout session can be paid. */
  sessionLifetime?: number
}

/** A hosted checkout. `paymentId` is its latest attempt to pay. */
export type CheckoutSession = {
  id: string
  createdAt: string
  expiresAt: string
  cart: DodoPayments.Payment.ProductCart[]
  /** Due today, in minor units of `currency`. */
  total: number
  currency: DodoPayments.Currency
  customerId: string | null
  metadata: DodoPayments.Metadata
  returnUrl: string | null
  cancelUrl: string | null
  paymentId: string | null
  /** Of the subscription in the cart; absent when there is none. */
  trialDays?: number
  /** The subscription that gets a new card here; then nothing is in the cart. */
  renewsCardOf?: string
}

/** What one product in a cart was charged with: refunds of items are measured against it. */
export type PaymentLine = { itemId: string; name: string; amount: number }

/** How a charge of a subscription ends. `payment_failed` fails and leaves the subscription as it is. */
export const RENEWAL_OUTCOMES = ['succeeded', 'on_hold', 'past_due', 'payment_failed'] as const
export type RenewalOutcome = (typeof RENEWAL_OUTCOMES)[number]

/** A subscription as the API shows it, and what only the sandbox knows of it. */
export type SubscriptionRecord = {
  subscription: DodoPayments.Subscription
  sessionId: string
  cardNumber: string
  /** The day of the month its periods begin on, in months that have it. */
  billingDay?: number
  /** Asked for through a control; null leaves the next renewal to the card. */
  nextRenewal: RenewalOutcome | null
}

export type RefundRecord = {
  refund: DodoPayments.Refund
  items: { itemId: string; amount: number }[]
  /** Decided when it was asked for, told when it settles. */
  fails: boolean
}

export type ProductRecord = { product: DodoPayments.Product; archived: boolean }

/** A customer's way into the portal. */
export type PortalSession = { customerId: string; returnUrl: string | null; expiresAt: string }

export type DeliveryAttempt = {
  at: string
  status: number | null
  error: string | null
  milliseconds: number
}

export const OBJECT_KINDS = ['payment', 'refund', 'dispute', 'subscription'] as const

/** What an event is about. */
export type ObjectReference = { kind: (typeof OBJECT_KINDS)[number]; id: string }

/** One webhook. `object` says what `data` is rendered from, at the moment of each attempt. */
export type Delivery = {
  id: string
  type: string
  createdAt: string
  object: ObjectReference
  /** Laid over the object: for events that say something else than is true by now. */
  data?: Record<string, unknown>
  status: 'pending' | 'held' | 'delivered' | 'failed'
  /** Attempts since it was created or last sent again; places it in the retry schedule. */
  round: number
  nextAttemptAt: string | null
  attempts: DeliveryAttempt[]
  /** Its first attempt is made twice at once. */
  duplicate?: boolean
}

/** What is to go wrong, each for the next so many. */
export type Faults = {
  /** Events kept back until released. */
  hold: number
  /** Attempts that get lost on the way. */
  fail: number
  /** Events sent twice at once. */
  duplicate: number
  /** Events sent `delayMilliseconds` late. */
  delay: number
  delayMilliseconds: number
  /** Refunds that fail. */
  failRefunds: number
}

export type SandboxState = {
  sessions: Record<string, CheckoutSession>
  payments: Record<string, DodoPayments.Payment>
  /** By payment. */
  lines: Record<string, PaymentLine[]>
  customers: Record<string, DodoPayments.Customer>
  subscriptions: Record<string, SubscriptionRecord>
  refunds: Record<string, RefundRecord>
  disputes: Record<string, DodoPayments.GetDispute>
  /** Made or changed through the API; they come before those of the options. */
  products: Record<string, ProductRecord>
  portals: Record<string, PortalSession>
  deliveries: Record<string, Delivery>
  faults: Faults
  /** Payments and refunds that will settle by themselves, by id, and when. */
  settlements: Record<string, string>
}
