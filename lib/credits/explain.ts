import 'server-only'
import { z } from 'zod'
import { createAdminClient } from '@/lib/supabase/admin'
import { assertCount, assertUuid } from '@/lib/supabase/check-arguments'
import type { Json, Tables } from '@/lib/supabase/database.types'

const priced = z.object({
  price: z.int(),
  prices: z.record(z.string(), z.int()),
  tier: z.string().nullable(),
  rule: z.string().optional(),
  input: z.json().optional(),
})
const slice = z.object({ continues: z.int() })
const burned = z.array(z.object({ grant: z.int(), amount: z.int() })).nullable()

/** What made the amount of a ledger row. `price` is null for rows no price rule made. Amounts in whole credits. */
export type ChargeExplanation = {
  transactionId: number
  amount: number
  reason: string | null
  /** The rule, the prices of every tier, the tier that counted, and the inputs the price follows from. */
  price: { rule: string | null; prices: Record<string, number>; tier: string | null; input: Json } | null
  /** The expiring grants the credits came from; what they do not cover never expires. */
  grants: { grant: number; amount: number; source: string | null; expiresAt: string }[]
  /** How the run it paid for ended. */
  hold: Pick<
    Tables<'credit_holds'>,
    'status' | 'settled_amount' | 'reason' | 'expires_at' | 'finished_at'
  > | null
  /** What was given back of it. */
  refunded: number
  /** For a refund: the charge it gives back. */
  reverses: number | null
  /** For a further slice of a run's price: the charge it began with. */
  continues: number | null
}

/** Explains a ledger row of a user; null if the user has no such row. */
export async function explainTransaction(
  userId: string,
  transactionId: number,
): Promise<ChargeExplanation | null> {
  assertUuid(userId)
  assertCount(transactionId)
  const supabase = createAdminClient()
  const row = await supabase
    .from('credit_transactions')
    .select('id, amount, description, metadata, burned_grants, reverses')
    .match({ id: transactionId, user_id: userId })
    .maybeSingle()
  if (row.error)
    throw new Error(`The transaction could not be read: ${row.error.message}`, { cause: row.error })
  if (!row.data) return null

  const burns = burned.parse(row.data.burned_grants) ?? []
  const [grants, hold, refunds] = await Promise.all([
    supabase
      .from('credit_grants')
      .select('id, source, expires_at')
      .in(
        'id',
        burns.map(({ grant }) => grant),
      ),
    supabase
      .from('credit_holds')
      .select('status, settled_amount, reason, expires_at, finished_at')
      .eq('transaction_id', transactionId)
      .maybeSingle(),
    supabase.from('credit_transactions').select('amount').eq('reverses', transactionId),
  ])
  const error = grants.error ?? hold.error ?? refunds.error
  if (error) throw new Error(`The transaction could not be explained: ${error.message}`, { cause: error })

  const price = priced.safeParse(row.data.metadata)
  return {
    transactionId,
    amount: row.data.amount,
    reason: row.data.description,
    price: price.success
      ? {
          rule: price.data.rule ?? null,
          prices: price.data.prices,
          tier: price.data.tier,
          input: price.data.input ?? null,
        }
      : null,
    grants: burns.map(({ grant, amount }) => {
      const found = grants.data?.find(({ id }) => id === grant)
      return { grant, amount, source: found?.source ?? null, expiresAt: found?.expires_at ?? '' }
    }),
    hold: hold.data,
    refunded: refunds.data?.reduce((sum, { amount }) => sum + amount, 0) ?? 0,
    reverses: row.data.reverses,
    continues: slice.safeParse(row.data.metadata).data?.continues ?? null,
  }
}
