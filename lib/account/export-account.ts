import 'server-only'
import { z } from 'zod'
import type { CurrentUser } from '@/lib/auth/session'
import { callFunction } from '@/lib/supabase/call-function'
import { callerArgument } from '@/lib/supabase/caller'

const exported = z.looseObject({ ok: z.literal(true) })

/** All that is stored about a user, by subject. @throws RefusedError `session_ended` */
export async function exportAccount(user: CurrentUser): Promise<Record<string, unknown>> {
  const args = { p_user_id: user.id, p_caller: callerArgument(user) }
  const { ok: _, ...data } = await callFunction('export_account', args, exported)
  return data
}
