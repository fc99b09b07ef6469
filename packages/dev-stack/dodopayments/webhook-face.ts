import { Webhook } from 'standardwebhooks'
import { renderObject } from './render.ts'
import { BUSINESS_ID } from './shapes/business.ts'
import type { Store } from './store.ts'
import type { WebhookFace } from './webhooks.ts'

/** Deliveries as DodoPayments sends them: the object as it stands at each attempt, signed by Standard Webhooks. */
export function dodoWebhooks({ state }: Store, key: string): WebhookFace {
  return {
    prefix: 'msg',
    render({ type, createdAt, object, data }) {
      const rendered = { ...renderObject(state, object), ...data }
      return { business_id: BUSINESS_ID, type, timestamp: createdAt, data: rendered }
    },
    sign: ({ id }, body, at) => ({
      'user-agent': 'DodoPayments-Sandbox',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(key).sign(id, at, body),
    }),
  }
}
