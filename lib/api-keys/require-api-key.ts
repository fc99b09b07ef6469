import 'server-only'
import { z } from 'zod'
import { foreignOrigin } from '@/lib/auth/origin'
import { clientAddress } from '@/lib/http/client-address'
import { allowOrigin } from '@/lib/http/cross-origin'
import { AppError } from '@/lib/http/errors'
import { tellRate } from '@/lib/http/rate-headers'
import { callFunction } from '@/lib/supabase/call-function'
import { spenderArgument } from '@/lib/supabase/caller'
import { rateLeft } from '@/lib/supabase/rate-left'
import { RateLimitedError } from '@/lib/supabase/refusals'
import { MEMBERSHIP_TIERS } from '@/lib/tiers'
import type { KeyUser, ReadScope } from './api-key-call'
import { recallOwner, rememberOwner } from './key-owners'
import { hashSecret, isSecret } from './secret'

/** Calls of one key that run nothing. A run has the limit of its tool. */
const READS = { requests: 120, perSeconds: 60 }

const checked = z.object({
  user_id: z.uuid(),
  email: z.string(),
  tier: z.enum(MEMBERSHIP_TIERS).nullable().catch(null),
  allowed_origins: z.array(z.string()),
  rate: rateLeft.nullable(),
})

/** What a call wants: a scope, anything that every key may, or a charge, which checks the key in its own transaction. */
export type KeyAccess = ReadScope | 'any' | 'charge'

/**
 * Whose key a request carries as `Authorization: Bearer lb_…`. Cookies never count here.
 * @param answer gets the headers that say what is left of the allowance
 * @throws AppError `unauthorized` (401) without a key; RefusedError `invalid_api_key`, `scope_missing`,
 * `address_not_allowed` or `origin_not_allowed`; RateLimitedError
 */
export async function requireApiKey(request: Request, access: KeyAccess, answer: Headers): Promise<KeyUser> {
  const hash = hashSecret(readBearer(request))
  const apiKey = { hash, address: clientAddress(request.headers), origin: foreignOrigin(request) }
  const known = recallOwner(hash)
  // Before anything is refused: a page may read that, too.
  if (known) allowOrigin(answer, apiKey.origin, known.allowedOrigins)
  if (known && access === 'charge') return { ...known, apiKey }
  const limit = access === 'charge' ? undefined : READS
  const args = {
    p_caller: spenderArgument({ apiKey }),
    p_scope: access === 'charge' || access === 'any' ? undefined : access,
    p_rate_requests: limit?.requests,
    p_rate_seconds: limit?.perSeconds,
  }
  const {
    user_id: id,
    email,
    tier,
    allowed_origins: allowedOrigins,
    rate,
  } = await withRateIfRefused(answer, () => callFunction('check_api_key', args, checked))
  if (rate) tellRate(answer, 'api', { ...READS, ...rate })
  const owner = { id, email, tier, allowedOrigins }
  rememberOwner(hash, owner)
  allowOrigin(answer, apiKey.origin, allowedOrigins)
  return { ...owner, apiKey }
}

async function withRateIfRefused<Result>(answer: Headers, check: () => Promise<Result>): Promise<Result> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof RateLimitedError) {
      const fullAfterSeconds = READS.perSeconds
      tellRate(answer, 'api', { ...READS, remaining: 0, fullAfterSeconds })
    }
    throw error
  }
}

function readBearer(request: Request): string {
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
  if (token === '') {
    throw new AppError('unauthorized', 401, 'Send your API key as "Authorization: Bearer lb_…".')
  }
  if (!isSecret(token)) {
    throw new AppError(
      'invalid_api_key',
      401,
      'This API key is not valid: it is unknown, expired or revoked.',
    )
  }
  return token
}
