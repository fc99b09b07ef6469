import 'server-only'
import { z } from 'zod'
import { createAdminClient } from '@/lib/supabase/admin'
import type { Database } from '@/lib/supabase/database.types'

type Functions = Database['public']['Functions']
type PaymentFunction =
  | 'record_checkout'
  | 'remember_customer'
  | 'begin_plan_change'
  | 'end_plan_change'
  | 'store_webhook_event'
  | 'apply_delivery'
  | 'finish_webhook_event'
  | 'fail_refund_request'
  | 'claim_payment_check'
  | 'record_reconciliation'

const refusal = z.object({ ok: z.literal(false), code: z.string(), message: z.string() })

/** What a payment function refused, with its stable code. Nothing was changed. */
export class PaymentRefusedError extends Error {
  readonly code: string

  constructor({ code, message }: z.output<typeof refusal>) {
    super(message)
    this.code = code
  }
}

/** Calls a payment function. @throws PaymentRefusedError, or Error when the database fails */
export async function callDatabase<Name extends PaymentFunction, Schema extends z.ZodType>(
  name: Name,
  args: Functions[Name]['Args'],
  answer: Schema,
): Promise<z.output<Schema>> {
  const { data, error } = await createAdminClient().rpc(name, args)
  if (error) throw new Error(`${name} failed: ${error.message}`, { cause: error })
  const refused = refusal.safeParse(data)
  if (refused.success) throw new PaymentRefusedError(refused.data)
  return answer.parse(data)
}
