import 'server-only'
import { z } from 'zod'
import { findUnstorable } from '@/lib/http/postgres-text'
import { callFunction, refusal } from '@/lib/supabase/call-function'
import { checkArguments } from '@/lib/supabase/check-arguments'
import type { Json } from '@/lib/supabase/database.types'
import { RefusedError, refusalToError } from '@/lib/supabase/refusals'

type Arguments = Record<string, Json | undefined>

/** What became of one call of a batch. */
export type Outcome<Result> = { ok: true; result: Result } | { ok: false; error: RefusedError }

const batch = z.object({ results: z.array(z.looseObject({ ok: z.boolean() })) })

/**
 * Sends many calls of one function as one batch and gives each its own outcome, in their order. Each call has the
 * arguments of the function that does it alone. What the database could not read is refused here.
 * @param schema reads what the function alone would answer
 * @throws RefusedError when the batch is too large
 */
export async function callMany<Schema extends z.ZodType>(
  name: 'add_many' | 'deduct_many' | 'reserve_many' | 'settle_many',
  calls: readonly Arguments[],
  schema: Schema,
): Promise<Outcome<z.output<Schema>>[]> {
  const refused = calls.map(findRefusal)
  const entries = calls.filter((_, index) => !refused[index]).map(toEntry)
  const { results } = await callFunction(name, { p_entries: entries }, batch)
  const answered = results.values()
  return refused.map((error) => (error ? { ok: false, error } : toOutcome(answered.next().value, schema)))
}

function findRefusal(args: Arguments): RefusedError | undefined {
  const path = findUnstorable(args)
  if (path !== null) {
    return refusalToError({ code: 'invalid_text', message: `The text at ${path.slice(2)} cannot be kept.` })
  }
  try {
    checkArguments(args)
    return undefined
  } catch (error) {
    if (error instanceof RefusedError) return error
    throw error
  }
}

/** An entry names its fields as the function alone does, without the `p_` of arguments. */
function toEntry(args: Arguments): Arguments {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name.slice(2), value]))
}

function toOutcome<Schema extends z.ZodType>(data: unknown, schema: Schema): Outcome<z.output<Schema>> {
  const refused = refusal.safeParse(data)
  if (refused.success) return { ok: false, error: refusalToError(refused.data) }
  return { ok: true, result: schema.parse(data) }
}
