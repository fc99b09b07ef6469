import 'server-only'
import { z } from 'zod'
import type { CurrentUser } from '@/lib/auth/session'
import { callFunction } from '@/lib/supabase/call-function'
import { callerArgument } from '@/lib/supabase/caller'
import type { NewApiKey } from './input'
import { createSecret } from './secret'

const created = z.object({ id: z.int() })

/**
 * Makes a key of the API for who is signed in. Its secret is in this answer, and nowhere else ever again.
 * @throws RefusedError `session_ended`, `already_expired` or `too_many_keys`
 */
export async function createApiKey(
  user: CurrentUser,
  { name, scopes, expiresAt, allowedAddresses, allowedOrigins, budgets }: NewApiKey,
): Promise<{ id: number; secret: string }> {
  const { secret, prefix, hash } = createSecret()
  const args = {
    p_user_id: user.id,
    p_caller: callerArgument(user),
    p_name: name,
    p_prefix: prefix,
    p_secret_hash: hash,
    p_scopes: scopes,
    p_expires_at: expiresAt ?? undefined,
    p_allowed_addresses: allowedAddresses,
    p_allowed_origins: allowedOrigins,
    p_budget_per_day: budgets.perDay ?? undefined,
    p_budget_per_month: budgets.perMonth ?? undefined,
    p_budget_total: budgets.total ?? undefined,
  }
  const { id } = await callFunction('create_api_key', args, created)
  return { id, secret }
}
