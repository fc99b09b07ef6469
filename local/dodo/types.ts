import type DodoPayments from 'dodopayments'

export type { DodoPayments }

/** One thing for sale; `CREDIT_PACKAGES` fits as it is. `price` is in minor units of `currency`. */
export type SandboxProduct = {
  name: string
  description: string
  price: number
  currency: string
  dodoProductId: string
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
  /** Milliseconds a payment with the slow card stays `processing`. */
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
  /** In minor units of `currency`. */
  total: number
  currency: DodoPayments.Currency
  customerId: string | null
  metadata: DodoPayments.Metadata
  returnUrl: string | null
  cancelUrl: string | null
  paymentId: string | null
}

export type DeliveryAttempt = {
  at: string
  status: number | null
  error: string | null
  milliseconds: number
}

/** One webhook. `object` says what `data` is rendered from, at the moment of each attempt. */
export type Delivery = {
  id: string
  type: string
  createdAt: string
  object: { kind: 'payment'; id: string }
  status: 'pending' | 'held' | 'delivered' | 'failed'
  /** Attempts since it was created or last sent again; places it in the retry schedule. */
  round: number
  nextAttemptAt: string | null
  attempts: DeliveryAttempt[]
}

export type SandboxState = {
  sessions: Record<string, CheckoutSession>
  payments: Record<string, DodoPayments.Payment>
  customers: Record<string, DodoPayments.Customer>
  deliveries: Record<string, Delivery>
  /** Payments that will settle by themselves, by id, and when. */
  settlements: Record<string, string>
}
