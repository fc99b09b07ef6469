import 'server-only'
import Stripe from 'stripe'
import { env } from '@/lib/env'
import { BadRequestError, UnauthorizedError } from '@/lib/http/errors'
import type { VerifiedWebhook } from '../provider'
import { verifyWithAny } from '../verify-with-any'
import { createStripeClient } from './client'

const MAX_ID = 255

/**
 * The id and the parsed body of an event that Stripe signed within the last five minutes. `STRIPE_WEBHOOK_SECRET` may
 * hold two secrets, separated by a comma, while one replaces the other.
 * @throws UnauthorizedError when it is unsigned, forged or stale; BadRequestError when it is signed but no event
 */
export function verifyWebhook(rawBody: string, headers: Headers): VerifiedWebhook {
  const signature = headers.get('stripe-signature')
  if (!signature) throw new UnauthorizedError('The delivery carries no stripe-signature header.')
  const payload = verifyWithAny(env().STRIPE_WEBHOOK_SECRET, (secret) =>
    construct(rawBody, signature, secret),
  )
  return { id: idOf(payload), payload }
}

function construct(body: string, signature: string, secret: string): Stripe.Event | null {
  try {
    return createStripeClient().webhooks.constructEvent(body, signature, secret)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null
    if (error instanceof SyntaxError) throw new BadRequestError('The delivery is not valid JSON.')
    throw error
  }
}

function idOf(payload: unknown): string {
  const id = typeof payload === 'object' && payload !== null && 'id' in payload ? payload.id : null
  if (typeof id !== 'string' || id.length === 0 || id.length > MAX_ID)
    throw new BadRequestError('The delivery carries no event id of a length that can be kept.')
  return id
}
