import 'server-only'
import { z } from 'zod'
import { createAdminClient } from '@/lib/supabase/admin'
import type { Database } from '@/lib/supabase/database.types'

type Functions = Database['public']['Functions']
type PaymentFunction =
  | 'record_checkout'
  | 'link_customer'
  | 'begin_plan_change'
  | 'end_plan_change'
  | 'store_payment_event'
  | 'apply_payment_event'
  | 'finish_payment_event'
  | 'record_event_replay'
  | 'preview_payment_refund'
  | 'request_payment_refund'
  | 'fail_payment_refund'
  | 'claim_payment_check'
  | 'record_reconciliation'

const refusal = z.looseObject({ ok: z.literal(false), code: z.string(), message: z.string() })

/** What a payment function refused, with its stable code and what else it told. Nothing was changed. */
export class PaymentRefusedError extends Error {
  readonly code: string
  readonly details: Record<string, unknown>

  constructor({ ok, code, message, ...details }: z.output<typeof refusal>) {
    super(message)
    this.code = code
    this.details = details
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
