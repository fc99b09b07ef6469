import 'server-only'
import { z } from 'zod'
import { clientNetwork } from '@/lib/http/client-address'
import { callFunction } from '@/lib/supabase/call-function'
import { type Allowance, RATE_LIMITS, type RateLimit, type RateLimitedAction } from './limits'

const counted = z.object({ ok: z.literal(true) })

type Caller = { headers: Pick<Headers, 'get'>; userId?: string }

/**
 * Counts one attempt, of the user if there is one and of their address, whether or not it will succeed.
 * @throws RateLimitedError when either has used up its allowance
 */
export async function countAttempt(action: RateLimitedAction, { headers, userId }: Caller): Promise<void> {
  const limit: RateLimit = RATE_LIMITS[action]
  const limits = [toLimit(`address:${clientNetwork(headers)}`, limit.address)]
  if (userId && limit.user) limits.push(toLimit(userId, limit.user))
  await callFunction('check_rate_limits', { p_action: action, p_limits: limits }, counted)
}

function toLimit(subject: string, { requests, perSeconds }: Allowance) {
  return { subject, requests, seconds: perSeconds }
}
