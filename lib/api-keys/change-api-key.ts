import 'server-only'
import { z } from 'zod'
import type { CurrentUser } from '@/lib/auth/session'
import { callFunction } from '@/lib/supabase/call-function'
import { callerArgument } from '@/lib/supabase/caller'
import type { ApiKeyChange } from './input'
import { createSecret } from './secret'

const changed = z.object({ id: z.int() })

/**
 * Rotates or revokes a key of who is signed in, or sets its budgets. A rotated key's new secret is in this answer alone.
 * @throws RefusedError `session_ended` or `api_key_not_found`
 */
export async function changeApiKey(
  user: CurrentUser,
  id: number,
  change: ApiKeyChange,
): Promise<{ id: number; secret?: string }> {
  const key = { p_user_id: user.id, p_caller: callerArgument(user), p_api_key_id: id }
  switch (change.action) {
    case 'rotate': {
      const { secret, prefix, hash } = createSecret()
      const args = {
        ...key,
        p_prefix: prefix,
        p_secret_hash: hash,
        p_overlap_seconds: change.overlapSeconds,
      }
      return { ...(await callFunction('rotate_api_key', args, changed)), secret }
    }
    case 'set_budgets': {
      const { perDay, perMonth, total } = change.budgets
      const args = {
        ...key,
        p_budget_per_day: perDay ?? undefined,
        p_budget_per_month: perMonth ?? undefined,
        p_budget_total: total ?? undefined,
      }
      return callFunction('set_api_key_budgets', args, changed)
    }
    case 'revoke':
      return callFunction('revoke_api_key', key, changed)
  }
}
