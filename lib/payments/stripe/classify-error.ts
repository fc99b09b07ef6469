import 'server-only'
import Stripe from 'stripe'
import { ProviderRefusedError } from '@/lib/payments/errors'

/** Timed out, met another request of the same key, or turned away: it may have been heard before. */
const DOUBTFUL = [408, 409, 429]

/**
 * Waits for an answer of Stripe. A request it found fault with was not carried out; of one that timed out or broke on
 * the way nobody can tell.
 * @throws ProviderRefusedError for the former, whatever was thrown for the latter
 */
export async function classifyError<Body>(answer: PromiseLike<Body>): Promise<Body> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError) || error.statusCode === undefined) throw error
    if (error.statusCode >= 500 || DOUBTFUL.includes(error.statusCode)) throw error
    throw new ProviderRefusedError(error)
  }
}

/** What an id of nothing is answered with. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.statusCode === 404
}
