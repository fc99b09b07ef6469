import 'server-only'
import { z } from 'zod'
import { splitSearch } from '@/lib/credits/search-words'
import { createClient } from '@/lib/supabase/server'
import type { LedgerFilter } from './ledger-filter'
import type { LedgerPosition } from './ledger-position'
import { LEDGER_VIEWS } from './ledger-view'
import type { LedgerRow } from './list-transactions'

const row: z.ZodType<LedgerRow> = z.object({
  id: z.int(),
  seq: z.int(),
  type: z.string(),
  credit_type: z.string(),
  amount: z.int(),
  balance_after: z.int(),
  debt_change: z.int().nullable(),
  description: z.string().nullable(),
  action: z.string().nullable(),
  created_at: z.string(),
})

const priced = z.object({
  price: z.int(),
  tier: z.string().nullable(),
  input: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

const entry = z
  .intersection(row, z.object({ metadata: z.unknown(), refunds: z.array(row) }))
  .transform(({ metadata, ...rest }) => ({ ...rest, charge: priced.safeParse(metadata).data ?? null }))

const page = z.object({
  rows: z.array(entry),
  /** How many entries there are, of the rows that were looked at. */
  total: z.int(),
  /** How many of them are newer than this page. */
  skipped: z.int(),
  /** The `until` of the rows that are older than all that were looked at; null when there are none. */
  earlier: z.int().nullable(),
})

/** A row of a ledger with the refunds of it, and, for a charge by a price rule, what was asked and for whom. */
export type LedgerEntry = z.output<typeof entry>

export type LedgerPage = z.output<typeof page>

type Wanted = {
  userId: string
  creditType: string
  filter: LedgerFilter
  /** ISO timestamps, `to` exclusive. */
  period: { from?: string; to?: string }
  position: LedgerPosition
}

/** A page of a wallet's ledger, 25 entries, through the caller's own rights. @throws when the database does not answer */
export async function readLedgerPage(wanted: Wanted): Promise<LedgerPage> {
  const { userId, creditType, filter, period, position } = wanted
  const types = LEDGER_VIEWS[filter.show].types
  const supabase = await createClient()
  const { data, error } = await supabase.rpc('ledger_page', {
    p_user_id: userId,
    p_credit_type: creditType,
    p_types: types.length > 0 ? [...types] : undefined,
    p_action: filter.tool,
    p_words: filter.q ? splitSearch(filter.q) : undefined,
    p_from: period.from,
    p_to: period.to,
    p_until_seq: position.until,
    p_before_seq: position.before,
    p_after_seq: position.after,
  })
  if (error) throw new Error(`The ledger could not be read: ${error.message}`, { cause: error })
  return page.parse(data)
}
