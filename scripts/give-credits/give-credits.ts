import type { SupabaseClient } from '@supabase/supabase-js'
import { z } from 'zod'
import type { Database } from '../../lib/supabase/database.types.ts'

const batch = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    given: z.number(),
    refused: z.number(),
    more: z.boolean(),
    last: z.string().nullable(),
  }),
  z.object({ ok: z.literal(false), message: z.string() }),
])

type Order = {
  /** Whole credits for each. */
  amount: number
  /** What they are for: under one key everybody gets them once, however often this runs. */
  key: string
  creditType?: string | undefined
  /** An ISO timestamp: who signed up later gets nothing. */
  createdBefore?: string | undefined
}

/**
 * Gives credits to everybody who was there before, through the engine: each gets a row in the ledger. One that broke off is
 * run again with the same key.
 * @param onProgress told how many have got theirs by now
 * @throws when the database refuses or fails; what was given until then stays
 */
export async function giveCredits(
  supabase: SupabaseClient<Database>,
  { amount, key, creditType, createdBefore }: Order,
  onProgress: (users: number) => void = () => {},
): Promise<{ given: number; refused: number }> {
  const total = { given: 0, refused: 0 }
  // One border for the whole run: who signs up meanwhile gets the sign-up bonus instead.
  const before = createdBefore ?? new Date().toISOString()
  let last: string | null = null
  for (;;) {
    const { data, error } = await supabase.rpc('give_existing_users', {
      p_amount: amount,
      p_key: key,
      p_created_before: before,
      ...(creditType && { p_credit_type: creditType }),
      ...(last && { p_after: last }),
    })
    if (error) throw new Error(`The credits could not be given: ${error.message}`, { cause: error })
    const answer = batch.parse(data)
    if (!answer.ok) throw new Error(answer.message)
    total.given += answer.given
    total.refused += answer.refused
    if (!answer.more) return total
    last = answer.last
    onProgress(total.given)
  }
}
