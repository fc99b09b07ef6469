import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { translateEvent } from '../../../lib/payments/dodopayments/translate.ts'
import { serveHttp } from '../../../packages/dev-stack/http-server.ts'
import type { Engine } from '../engine.ts'

const PROVIDER = 'dodopayments'
const envelope = z.looseObject({ type: z.string() })

/**
 * Takes the sandbox's webhooks as the app's route does: checks the signature, stores the event, applies it, and answers
 * 500 to one that cannot be applied. One at a time, so that the same story is told in the same order.
 */
export async function receiveWebhooks(engine: Engine, key: string) {
  let queue: Promise<unknown> = Promise.resolve()
  const server = await serveHttp({
    port: 0,
    async fetch(request) {
      const body = await request.text()
      const headers = Object.fromEntries(request.headers)
      const received = queue.then(() => receive(body, headers))
      queue = received.catch(() => {})
      return new Response(null, { status: (await received) ? 200 : 500 })
    },
  })
  const verifier = new Webhook(key)

  async function receive(body: string, headers: Record<string, string>): Promise<boolean> {
    const payload = envelope.parse(verifier.verify(body, headers))
    const p_id = `${PROVIDER}:${headers['webhook-id']}`
    const stored = { p_id, p_type: payload.type, p_payload: payload, p_provider: PROVIDER }
    await engine.call('store_payment_event', { ...stored, p_source: 'webhook' })
    const { event } = translateEvent(payload)
    if (!event) return (await engine.call('finish_payment_event', { p_id, p_status: 'ignored' })).ok
    const applied = await engine.ask('apply_payment_event', { p_event_id: p_id, p_event: event })
    if (applied.ok) return true
    const p_error = applied.message ?? applied.code ?? 'It was refused.'
    await engine.call('finish_payment_event', { p_id, p_status: 'failed', p_error })
    return false
  }

  return server
}
