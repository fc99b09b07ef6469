import { Webhook } from 'standardwebhooks'
import { stackEnv } from './environment.ts'

type Claim = { paymentId: string; sessionId: string; email: string; metadata?: object }
type Signing = { id: string; key?: string; at?: Date }

/** The body of a `payment.succeeded` delivery about the package pro, as DodoPayments would send it. */
export function claimOfPayment({ paymentId, sessionId, email, metadata = {} }: Claim): string {
  return JSON.stringify({
    business_id: 'bus_1',
    type: 'payment.succeeded',
    timestamp: new Date().toISOString(),
    data: {
      payload_type: 'Payment',
      payment_id: paymentId,
      checkout_session_id: sessionId,
      status: 'succeeded',
      product_cart: [{ product_id: 'pdt_pro', quantity: 1 }],
      total_amount: 3999,
      currency: 'USD',
      customer: { customer_id: 'cus_1', email },
      created_at: new Date().toISOString(),
      metadata,
    },
  })
}

/** The headers that sign a body; with the true key by default, as only DodoPayments can. */
export function sign(
  body: string,
  { id, key = stackEnv('DODO_PAYMENTS_WEBHOOK_KEY'), at = new Date() }: Signing,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign(id, at, body),
  }
}
