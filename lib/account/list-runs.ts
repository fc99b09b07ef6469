import 'server-only'
import { createClient } from '@/lib/supabase/server'
import { type Page, type PagePosition, readPage } from './read-page'

/** What lists show of a run. */
export const RUN_COLUMNS =
  'id, tool, source, status, progress, credit_type, charged, input, created_at, finished_at'

async function query(userId: string, { before, after }: PagePosition, limit: number) {
  const supabase = await createClient()
  const upwards = after !== undefined
  let rows = supabase
    .from('runs')
    .select(RUN_COLUMNS)
    .eq('user_id', userId)
    .is('deleted_at', null)
    .order('id', { ascending: upwards })
    .limit(limit)
  if (before !== undefined) rows = rows.lt('id', before)
  if (after !== undefined) rows = rows.gt('id', after)
  const { data, error } = await rows
  if (error) throw new Error(`The runs could not be read: ${error.message}`, { cause: error })
  return upwards ? data.reverse() : data
}

/** A run as lists show it; `charged` in whole credits. */
export type RunRow = Awaited<ReturnType<typeof query>>[number]

/** One page of a user's runs, 20 by default, through the caller's own rights. Throws when the database does not answer. */
export async function listRuns(userId: string, position: PagePosition, limit = 20): Promise<Page<RunRow>> {
  return readPage(position, limit, (at, limit) => query(userId, at, limit))
}

/** Among how many of the latest runs those of one tool are looked for: nobody's whole history is read for five lines. */
const RUNS_LOOKED_AT = 100

/** The latest runs of a tool, five by default, through the caller's own rights. Throws as `listRuns` does. */
export async function listRunsOfTool(userId: string, tool: string, limit = 5): Promise<RunRow[]> {
  const runs = await query(userId, {}, RUNS_LOOKED_AT)
  return runs.filter((run) => run.tool === tool).slice(0, limit)
}
