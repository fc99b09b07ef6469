import { isStorable } from '@/lib/http/postgres-text'

/** The provider somebody returns from, and what the address names by its ids; null for what it does not. */
export type Return = {
  provider: string
  paymentId: string | null
  /** Stripe names the checkout instead of what came of it. */
  sessionId: string | null
  subscriptionId: string | null
}

/** What of the address finds the purchase. */
export const RETURN_QUERY = ['provider', 'payment_id', 'session_id', 'subscription_id'] as const

type Query = Record<string, string | string[] | undefined>

/** What the address of a return from the checkout says. DodoPayments does not name itself in it. */
export function readReturn(query: Query): Return {
  return {
    provider: readId(query.provider) ?? 'dodopayments',
    paymentId: readId(query.payment_id),
    sessionId: readId(query.session_id),
    subscriptionId: readId(query.subscription_id),
  }
}

function readId(value: string | string[] | undefined): string | null {
  return typeof value === 'string' && value !== '' && isStorable(value) ? value : null
}
