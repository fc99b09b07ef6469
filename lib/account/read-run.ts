import 'server-only'
import { cache } from 'react'
import { z } from 'zod'
import { positiveId } from '@/lib/http/positive-id'
import type { createAdminClient } from '@/lib/supabase/admin'
import { createClient } from '@/lib/supabase/server'
import { HOUR_MS } from '@/lib/time'
import { RUN_COLUMNS, type RunRow } from './list-runs'

const stored = z
  .object({ status: z.int(), body: z.looseObject({}) })
  .nullable()
  .catch(null)

const sent = z.record(z.string(), z.json()).nullable().catch(null)

/** A run with its stored response; null when none is kept. */
export type StoredRun = RunRow & {
  response: z.output<typeof stored>
  /** What was asked, as it was sent; null when it is not kept. */
  fullInput: z.output<typeof sent>
}

/**
 * A run of a user, through the caller's own rights by default; null if there is no such run. Read once per page. Throws
 * when the database does not answer.
 */
export const readRun = cache(
  async (
    userId: string,
    id: string,
    client?: ReturnType<typeof createAdminClient>,
  ): Promise<StoredRun | null> => {
    const parsed = positiveId.safeParse(id)
    if (!parsed.success) return null
    const supabase = client ?? (await createClient())
    const { data, error } = await supabase
      .from('runs')
      .select(`${RUN_COLUMNS}, stored_response, full_input`)
      .match({ id: parsed.data, user_id: userId })
      .is('deleted_at', null)
      .maybeSingle()
    if (error) throw new Error(`The run could not be read: ${error.message}`, { cause: error })
    if (!data) return null
    const { stored_response, full_input, ...run } = data
    return { ...run, response: stored.parse(stored_response), fullInput: sent.parse(full_input) }
  },
)

/** The last run of a tool, if it was started within the hour. Throws when the database does not answer. */
export async function readLastRun(userId: string, tool: string): Promise<RunRow | null> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('runs')
    .select(RUN_COLUMNS)
    .match({ user_id: userId, tool })
    .is('deleted_at', null)
    .gt('created_at', new Date(Date.now() - HOUR_MS).toISOString())
    .order('id', { ascending: false })
    .limit(1)
    .maybeSingle()
  if (error) throw new Error(`The last run could not be read: ${error.message}`, { cause: error })
  return data
}
