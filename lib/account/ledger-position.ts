import { z } from 'zod'
import { positiveId } from '@/lib/http/positive-id'

const seq = positiveId.optional().catch(undefined)
const position = z.object({ before: seq, after: seq, until: seq })

/** Where in the ledger a page starts: just below `before`, or just above `after`; at the newest row, or the one before `until`, without either. */
export type LedgerPosition = z.output<typeof position>

/** Reads the position from the query of a page. What is not a seq counts as not given. */
export function parseLedgerPosition(query: Record<string, string | string[] | undefined>): LedgerPosition {
  return position.parse(query)
}
