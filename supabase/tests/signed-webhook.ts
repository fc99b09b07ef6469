import { Webhook } from 'standardwebhooks'
import { POST } from '../../app/api/dodopayments/webhook/route.ts'
import type { Delivery } from './events.ts'

/** A delivery as a request: signed now, with `key`. */
export function signDelivery({ id, ...payload }: Delivery, key: string): { body: string; headers: Headers } {
  const body = JSON.stringify(payload)
  const at = new Date()
  const headers = new Headers({
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign(id, at, body),
  })
  return { body, headers }
}

/** Sends a request to the route of webhooks; gives the status of the answer. */
export async function post({ body, headers }: { body: BodyInit; headers: Headers }): Promise<number> {
  const url = 'http://localhost:3000/api/dodopayments/webhook'
  return (await POST(new Request(url, { method: 'POST', headers, body }))).status
}
