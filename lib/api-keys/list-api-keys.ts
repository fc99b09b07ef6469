import 'server-only'
import { z } from 'zod'
import { createClient } from '@/lib/supabase/server'

const COLUMNS = `
  id, name, prefix, scopes, allowed_addresses, allowed_origins, created_at, expires_at, rotated_at,
  last_used_at, budget_per_day, budget_per_month, budget_total`

async function readKeys(userId: string) {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('api_keys')
    .select(COLUMNS)
    .eq('owner_id', userId)
    .is('revoked_at', null)
    .order('id', { ascending: false })
  if (error) throw new Error(`The API keys could not be read: ${error.message}`, { cause: error })
  return data
}

const keyBudget = z.object({
  api_key_id: z.int(),
  credit_type: z.string(),
  period: z.enum(['day', 'month', 'total']),
  budget: z.int(),
  used: z.int(),
  remaining: z.int(),
  resets_at: z.string().nullable(),
})

/** A budget of a key for one credit type, in whole credits; `resets_at` is null for one that never starts over. */
export type KeyBudget = z.output<typeof keyBudget>

async function readBudgets(userId: string): Promise<KeyBudget[]> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('api_key_budgets')
    .select('api_key_id, credit_type, period, budget, used, remaining, resets_at')
    .eq('owner_id', userId)
  if (error) throw new Error(`The budgets could not be read: ${error.message}`, { cause: error })
  return z.array(keyBudget).parse(data)
}

/** A key as its owner sees it: with its budgets and what is left of them, in whole credits, and never its secret. */
export type ApiKey = Awaited<ReturnType<typeof readKeys>>[number] & { budgets: KeyBudget[] }

/** The keys of a user that are not revoked, newest first, through the caller's own rights. Throws when it cannot read. */
export async function listApiKeys(userId: string): Promise<ApiKey[]> {
  const [keys, budgets] = await Promise.all([readKeys(userId), readBudgets(userId)])
  return keys.map((key) => ({ ...key, budgets: budgets.filter(({ api_key_id: id }) => id === key.id) }))
}
