import 'server-only'
import { z } from 'zod'
import { createClient } from '@/lib/supabase/server'
import { type Page, type Position, readPage } from './keyset'
import { readEmails } from './read-emails'

const difference = z.object({
  kind: z.string(),
  id: z.string(),
  theirs: z.string().nullable(),
  ours: z.string().nullable(),
  repaired: z.boolean(),
  note: z.string().nullable(),
})

const count = z.int().catch(0)

const row = z.object({
  id: z.int(),
  created_at: z.string(),
  since: z.string(),
  until: z.string(),
  actor_id: z.string().nullable(),
  /** How much was compared; `foreign` are payments of customers that are not ours. */
  checked: z.object({ payments: count, refunds: count, subscriptions: count, foreign: count }),
  differences: z.array(difference).catch([]),
})

/** One thing that the provider's records and ours did not tell alike. */
export type Difference = z.output<typeof difference>

/** A report of a reconciliation; `actor` is the admin who asked for it, null for the scheduler. */
export type Reconciliation = Omit<z.output<typeof row>, 'actor_id'> & { actor: string | null }

/** One page of the reports, newest first, as an admin may see them. Throws when they cannot be read. */
export async function listReconciliations(position: Position): Promise<Page<Reconciliation>> {
  const supabase = await createClient()
  const page = await readPage({
    name: 'reconciliations',
    query: () => supabase.from('reconciliations').select(row.keyof().options.join(', ')),
    row,
    by: 'created_at',
    tieBreaker: 'id',
    cursorOf: ({ created_at, id }) => [created_at, String(id)],
    position,
  })
  const emails = await readEmails(page.rows.map(({ actor_id }) => actor_id))
  const rows = page.rows.map(({ actor_id, ...report }) => ({
    ...report,
    actor: actor_id && (emails.get(actor_id) ?? actor_id),
  }))
  return { ...page, rows }
}
