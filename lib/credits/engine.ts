import 'server-only'
import { z } from 'zod'
import { createAdminClient } from '@/lib/supabase/admin'
import type { Database } from '@/lib/supabase/database.types'
import { CreditError, refusalToError } from './errors'

type Functions = Database['public']['Functions']
type EngineFunction =
  | 'initialize_credits'
  | 'add_credits'
  | 'deduct_credits'
  | 'refund_transaction'
  | 'adjust_credits'
  | 'reserve_credits'
  | 'settle_hold'
  | 'release_hold'
  | 'set_membership'
  | 'set_low_balance_threshold'

const UNIQUE_VIOLATION = '23505'

const refusal = z.looseObject({ ok: z.literal(false), code: z.string(), message: z.string() })

const change = z
  .object({
    transaction_id: z.int(),
    amount: z.int(),
    balance: z.int(),
    version: z.int(),
    replayed: z.boolean(),
  })
  .transform(({ transaction_id, ...rest }) => ({ transactionId: transaction_id, ...rest }))

const holdStatus = z.enum(['open', 'settled', 'released', 'expired'])

const reservation = z
  .object({
    transaction_id: z.int(),
    amount: z.int(),
    balance: z.int(),
    version: z.int(),
    replayed: z.boolean(),
    status: holdStatus,
    settled_amount: z.int().nullable(),
    stored_response: z.json(),
  })
  .transform(({ transaction_id, settled_amount, stored_response, ...rest }) => ({
    transactionId: transaction_id,
    settledAmount: settled_amount,
    response: stored_response,
    ...rest,
  }))

const holdEnd = z.object({
  status: holdStatus,
  replayed: z.boolean(),
  balance: z.int().optional(),
  version: z.int().optional(),
})

/** What the functions of the engine answer when they do not refuse. */
export const answers = { change, reservation, holdEnd, none: z.unknown().transform(() => undefined) }

/**
 * Calls a function of the engine and reads its answer.
 * @throws CreditError when the engine refuses, Error when the database fails or answers something else
 */
export async function callEngine<Name extends EngineFunction, Schema extends z.ZodType>(
  name: Name,
  args: Functions[Name]['Args'],
  answer: Schema,
): Promise<z.output<Schema>> {
  const { data, error } = await createAdminClient().rpc(name, args)
  if (error?.code === UNIQUE_VIOLATION) {
    // Two wallets of one user met the same key at the same moment; the index let one of them win.
    throw new CreditError(
      'idempotency_conflict',
      409,
      'This idempotency key was already used for another request.',
    )
  }
  if (error) throw new Error(`${name} failed: ${error.message}`, { cause: error })
  const refused = refusal.safeParse(data)
  if (refused.success) throw refusalToError(refused.data)
  return answer.parse(data)
}
