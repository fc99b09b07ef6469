import { z } from 'zod'

/** What a delivery says became of a payment. Amounts are minor units of `chargedCurrency`. */
export type PaymentChange = {
  providerPaymentId: string
  checkoutSessionId: string | null
  status: 'processing' | 'succeeded' | 'failed' | 'cancelled'
  /** Null when the payment is not for exactly one product. */
  productId: string | null
  quantity: number
  chargedAmount: number
  chargedCurrency: string
  failureReason: string | null
}

const STATUS_BY_TYPE = new Map<string, PaymentChange['status']>([
  ['payment.processing', 'processing'],
  ['payment.succeeded', 'succeeded'],
  ['payment.failed', 'failed'],
  ['payment.cancelled', 'cancelled'],
])

export const webhookEvent = z.looseObject({ type: z.string().min(1).max(200), data: z.unknown() })

const payment = z.looseObject({
  payment_id: z.string().min(1),
  checkout_session_id: z.string().nullish(),
  product_cart: z.array(z.looseObject({ product_id: z.string(), quantity: z.int().min(1) })).nullish(),
  total_amount: z.int(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  error_message: z.string().nullish(),
})

/**
 * Reads a payment event; null for every other type, as there is nothing to do about it.
 * The type decides, since `data` is the payment as it stood at delivery and the event that follows will tell the rest.
 * @throws ZodError when a payment event does not carry a payment
 */
export function toPaymentChange({ type, data }: z.output<typeof webhookEvent>): PaymentChange | null {
  const status = STATUS_BY_TYPE.get(type)
  if (!status) return null
  const { payment_id, checkout_session_id, product_cart, total_amount, currency, error_message } =
    payment.parse(data)
  const [item, ...others] = product_cart ?? []
  return {
    providerPaymentId: payment_id,
    checkoutSessionId: checkout_session_id ?? null,
    status,
    productId: others.length === 0 ? (item?.product_id ?? null) : null,
    quantity: item?.quantity ?? 1,
    chargedAmount: total_amount,
    chargedCurrency: currency,
    failureReason: error_message ?? null,
  }
}
