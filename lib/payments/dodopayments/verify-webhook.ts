import 'server-only'
import { WebhookVerificationError } from 'standardwebhooks'
import { env } from '@/lib/env'
import { BadRequestError, UnauthorizedError } from '@/lib/http/errors'
import { verifyWithAny } from '../verify-with-any'
import { createDodoClient } from './client'

const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const
const MAX_ID = 255

/**
 * The id and the parsed body of a delivery that DodoPayments signed within the last five minutes.
 * `DODO_PAYMENTS_WEBHOOK_KEY` may hold two keys, separated by a comma, while one replaces the other.
 * @throws UnauthorizedError when it is unsigned, forged or stale; BadRequestError when it is signed but no JSON
 */
export function verifyWebhook(rawBody: string, headers: Headers): { id: string; payload: unknown } {
  const signed: Record<string, string> = {}
  for (const name of HEADERS) {
    const value = headers.get(name)
    // The SDK would take a delivery without headers as one that needs no check.
    if (!value) throw new UnauthorizedError(`The delivery carries no ${name} header.`)
    signed[name] = value
  }
  const id = signed['webhook-id'] ?? ''
  if (id.length > MAX_ID) throw new BadRequestError('The webhook-id is too long.')
  const { payload } = verifyWithAny(env().DODO_PAYMENTS_WEBHOOK_KEY, (key) => unwrap(rawBody, signed, key))
  return { id, payload }
}

function unwrap(body: string, headers: Record<string, string>, key: string): { payload: unknown } | null {
  try {
    return { payload: createDodoClient().webhooks.unwrap(body, { headers, key }) }
  } catch (error) {
    if (error instanceof WebhookVerificationError) return null
    if (error instanceof SyntaxError) throw new BadRequestError('The delivery is not valid JSON.')
    throw error
  }
}
