import 'server-only'
import { z } from 'zod'
import { findUnstorable } from '@/lib/http/postgres-text'
import { callFunction, refusal } from '@/lib/supabase/call-function'
import { checkArguments } from '@/lib/supabase/check-arguments'
import type { Json } from '@/lib/supabase/database.types'
import { RefusedError, refusalToError } from '@/lib/supabase/refusals'
import { change } from './results'
import type { BatchAnswer } from './types'

type Arguments = Record<string, Json | undefined>

const answers = z.object({ results: z.array(z.looseObject({ ok: z.boolean() })) })

/**
 * Sends many calls of one function as one batch and gives each its own answer, in their order. Each call has the
 * arguments of the function that does it alone. What the database could not read is refused here.
 * @throws RefusedError when the batch is too large
 */
export async function changeMany(
  name: 'add_many' | 'deduct_many',
  calls: readonly Arguments[],
): Promise<BatchAnswer[]> {
  const refused = calls.map(findRefusal)
  const entries = calls.filter((_, index) => !refused[index]).map(toEntry)
  const { results } = await callFunction(name, { p_entries: entries }, answers)
  const answered = results.values()
  return refused.map((error) => (error ? { ok: false, error } : toAnswer(answered.next().value)))
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

function toAnswer(result: unknown): BatchAnswer {
  const refused = refusal.safeParse(result)
  return refused.success
    ? { ok: false, error: refusalToError(refused.data) }
    : { ok: true, ...change.parse(result) }
}
