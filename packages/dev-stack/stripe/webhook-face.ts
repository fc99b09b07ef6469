import Stripe from 'stripe'
import type { Delivery } from '../dodopayments/types.ts'
import type { WebhookFace, Webhooks } from '../dodopayments/webhooks.ts'

/** The version of the API that the installed SDK is for. */
const API_VERSION = Stripe.API_VERSION

/** Deliveries as Stripe sends them: the object as it was when the event happened, signed over its raw body. */
export function stripeWebhooks(secret: string): WebhookFace {
  const { webhooks } = new Stripe('sk_test_sandbox')
  return {
    prefix: 'evt',
    render: ({ id, type, createdAt, data }) => ({
      id,
      object: 'event',
      api_version: API_VERSION,
      created: Math.floor(Date.parse(createdAt) / 1000),
      data,
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    }),
    sign: (_delivery, payload, at) => ({
      'user-agent': 'Stripe-Sandbox',
      'stripe-signature': webhooks.generateTestHeaderString({
        payload,
        secret,
        timestamp: Math.floor(at.getTime() / 1000),
      }),
    }),
  }
}

type Kind = Delivery['object']['kind']

type About = {
  kind: Kind
  /** Of the payment, or what else deliveries are found by. */
  id: string
  object: object
  /** The fields that changed, as they were. */
  before?: Record<string, unknown> | undefined
}

/** Tells of an object as it is now. */
export function emit(webhooks: Webhooks, type: string, { kind, id, object, before }: About): void {
  const data = { object: structuredClone(object), ...(before && { previous_attributes: before }) }
  webhooks.emit(type, { kind, id }, data)
}
