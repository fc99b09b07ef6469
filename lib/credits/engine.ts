import 'server-only'
import { z } from 'zod'
import { createAdminClient } from '@/lib/supabase/admin'
import type { Database } from '@/lib/supabase/database.types'
import { CreditError, refusalToError } from './errors'
import type { CreditChange } from './types'

type Functions = Database['public']['Functions']
type EngineFunction =
  | 'initialize_credits'
  | 'add_credits'
  | 'deduct_credits'
  | 'refund_transaction'
  | 'adjust_credits'

const refusal = z.looseObject({ ok: z.literal(false), code: z.string(), message: z.string() })
const change = z.object({
  ok: z.literal(true),
  transaction_id: z.int(),
  amount: z.int(),
  balance: z.int(),
  version: z.int(),
  replayed: z.boolean(),
})
const opened = z.object({ ok: z.literal(true), balance: z.int(), version: z.int() })

async function call<Name extends EngineFunction>(
  name: Name,
  args: Functions[Name]['Args'],
): Promise<unknown> {
  const { data, error } = await createAdminClient().rpc(name, args)
  if (error?.code === '23505') {
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
  return data
}

/** Calls a function of the engine that changes a balance. Throws a CreditError when it refuses. */
export async function changeBalance<Name extends Exclude<EngineFunction, 'initialize_credits'>>(
  name: Name,
  args: Functions[Name]['Args'],
): Promise<CreditChange> {
  const { transaction_id, amount, balance, version, replayed } = change.parse(await call(name, args))
  return { transactionId: transaction_id, amount, balance, version, replayed }
}

/** Opens a wallet. Throws a CreditError when the user or the credit type does not exist. */
export async function openWallet(args: Functions['initialize_credits']['Args']): Promise<void> {
  opened.parse(await call('initialize_credits', args))
}
