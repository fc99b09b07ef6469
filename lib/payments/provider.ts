import type { PaymentEvent, PaymentUpdate, RefundUpdate, SubscriptionUpdate } from './events/payment-event'

/** What the database sells something for, in minor units; of a plan, for one `interval`. */
export type ProductPrice = { amount: number; currency: string; interval: 'month' | 'year' | null }

export type CheckoutRequest = {
  productId: string
  price: ProductPrice
  /** Of a plan: days before its first payment, whatever its product says; 0 for none. */
  trialDays: number
  customerId: string
  /** Ours, for people who look at the provider's dashboard. Nothing is ever decided by it. */
  metadata: Record<string, string>
  returnUrl: string
  cancelUrl: string
}

/** A package as its product has to stand at the provider. */
export type ProductRequest = {
  packageId: string
  name: string
  description: string
  price: ProductPrice
  /** What it is sold as, null for nothing yet; a product of another price has to stay as it is. */
  productId: string | null
}

/** What a package is sold as, and what was done about it: nothing where `done` is empty. */
export type SyncedProduct = { productId: string; priceId: string | null; done: string[] }

export type VerifiedWebhook = { id: string; payload: unknown }

/** How a plan changes: at once (paid in full, a new period begins), or when the current period ends. */
export type PlanChange = {
  subscriptionId: string
  productId: string
  price: ProductPrice
  when: 'now' | 'next_period'
}

/** What a plan change charges at once: `total` with `tax` in it, in minor units of `currency`. */
export type PlanChangePreview = { total: number; tax: number; currency: string }

/** Money back: all that is left, unless `item` tells how much of which product, in minor units. */
export type RefundRequest = {
  paymentId: string
  /** Comes back in the refund's event, where the provider keeps it. */
  requestId: string
  reason: string
  item: { productId: string; amount: number } | null
}

/** As much of a payment as a list tells. */
export type ListedPayment = Pick<
  PaymentUpdate,
  'payment_id' | 'subscription_id' | 'customer_id' | 'status' | 'amount' | 'charged_at'
>

/** When what is listed was made. */
export type Period = { since: Date; until: Date }

/**
 * All that is asked of a payment provider. Ids and money come and go as the provider has them; what it tells is
 * translated into events. Every method throws when the provider refuses or does not answer; none retries what moves money.
 */
export type PaymentProvider = {
  /** As the database stores it beside the provider's ids: 'dodopayments'. */
  id: string
  /** As people know it. */
  name: string
  /** Whether it sells in its own name, and so adds taxes at the checkout and pays them. */
  isMerchantOfRecord: boolean

  createCustomer(person: { email: string; name: string }): Promise<string>
  /** Receipts and sign-ins at the provider go to `email` from then on. @throws ProviderRefusedError, as where it is taken */
  updateCustomer(customerId: string, person: { email: string; name?: string }): Promise<void>
  /** @throws PriceNotSoldError when it cannot take this price */
  createCheckout(request: CheckoutRequest): Promise<{ sessionId: string; url: string }>

  /**
   * Makes the product of a package, or brings the one it has in line; safe to repeat, also after it died halfway. Missing
   * where products are made by hand.
   * @throws with a sentence for the admin when it cannot
   */
  syncProduct?(request: ProductRequest): Promise<SyncedProduct>

  /** @throws UnauthorizedError when unsigned, forged or stale; BadRequestError when signed but unreadable */
  verifyWebhook(rawBody: string, headers: Headers): VerifiedWebhook
  /** The type and the event of a delivery; a null event for a type there is nothing to do about. @throws ZodError */
  translateEvent(payload: unknown): { type: string; event: PaymentEvent | null }
  /**
   * What a delivery says only in part, read whole from the provider, each after what it needs; missing where deliveries
   * say all. @throws ZodError as above
   */
  findEvents?(payload: unknown): Promise<PaymentEvent[]>

  /** Whether a checkout of ours made a payment; missing where every payment there is one of ours. */
  isOurPayment?(paymentId: string): Promise<boolean>

  /** @throws ProviderRefusedError when it certainly was not made; any other error leaves that open */
  refund(request: RefundRequest): Promise<RefundUpdate>

  /** The payment a checkout led to, null before there is one. */
  findPaymentOfCheckout(sessionId: string): Promise<PaymentUpdate | null>
  findPayment(paymentId: string): Promise<PaymentUpdate | null>
  findSubscription(subscriptionId: string): Promise<SubscriptionUpdate>
  /** With the id of our request, which lists may leave out. */
  findRefund(refundId: string): Promise<RefundUpdate>
  listPayments(period: Period & { subscriptionId?: string }): AsyncIterable<ListedPayment>
  listRefunds(period: Period): AsyncIterable<RefundUpdate>
  listSubscriptions(): AsyncIterable<SubscriptionUpdate>

  /** What {@link PaymentProvider.changePlan} would charge now. @throws ProviderRefusedError when it would refuse */
  previewPlanChange(change: PlanChange): Promise<PlanChangePreview>
  /**
   * Also replaces a change that was scheduled. Until the payment it takes, if any, has gone through, the plan may be
   * the old one. @throws ProviderRefusedError or PlanChangeNotPaidError when nothing was done; after anything else it
   * may have been
   */
  changePlan(change: PlanChange): Promise<{ paymentId: string | null }>
  /** @throws ProviderRefusedError as above */
  cancelScheduledChange(subscriptionId: string): Promise<void>
  /** @throws ProviderRefusedError as above */
  setCancelAtPeriodEnd(subscriptionId: string, cancel: boolean): Promise<SubscriptionUpdate>
  /** Ends it at once; asked twice it happens once. @throws ProviderRefusedError as above, also when it is over */
  cancelNow(subscriptionId: string): Promise<SubscriptionUpdate>
  createPortalUrl(customerId: string, returnUrl: string): Promise<string>
  /** The invoice of a payment, as a PDF. */
  fetchInvoice(paymentId: string): Promise<Response>
}
