import 'server-only'
import { createClient } from '@/lib/supabase/server'
import type { LedgerPosition } from './ledger-position'
import { type Page, readPage } from './read-page'

/** What pages show of a ledger row. */
export const LEDGER_COLUMNS =
  'id, seq, type, credit_type, amount, balance_after, debt_change, description, action, created_at'

type Wanted = { limit: number; creditType: string; types: readonly string[] }

async function query(userId: string, position: LedgerPosition, { limit, creditType, types }: Wanted) {
  const supabase = await createClient()
  const upwards = position.after !== undefined
  let rows = supabase
    .from('credit_transactions')
    .select(LEDGER_COLUMNS)
    .eq('user_id', userId)
    .eq('credit_type', creditType)
    .order('seq', { ascending: upwards })
    .limit(limit)
  if (types.length > 0) {
    rows = rows.in('type', types)
    // Said in so many words, it leads to the index of the rare types, past however many deductions.
    if (!types.includes('deduction')) rows = rows.neq('type', 'deduction')
  }
  if (position.before !== undefined) rows = rows.lt('seq', position.before)
  if (position.after !== undefined) rows = rows.gt('seq', position.after)
  const { data, error } = await rows
  if (error) throw new Error(`The ledger could not be read: ${error.message}`, { cause: error })
  return upwards ? data.reverse() : data
}

/** A row of the ledger as pages show it; amounts in whole credits, positive in, negative out. */
export type LedgerRow = Awaited<ReturnType<typeof query>>[number]

export type LedgerPage = Page<LedgerRow>

/**
 * One page of a wallet's ledger, 20 rows by default, of some types or of all; through the caller's own rights.
 * Throws when the database does not answer.
 */
export async function listTransactions(
  userId: string,
  creditType: string,
  { before, after, limit = 20, types = [] }: LedgerPosition & Partial<Omit<Wanted, 'creditType'>> = {},
): Promise<LedgerPage> {
  return readPage({ before, after }, limit, (position, limit) =>
    query(userId, position, { limit, creditType, types }),
  )
}
