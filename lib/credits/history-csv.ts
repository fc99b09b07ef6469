import 'server-only'
import { stringify } from 'csv-stringify/sync'
import { creditService } from './credit-service'
import type { CreditTransaction, HistoryFilter } from './types'

const PAGE_ROWS = 1000

const COLUMNS = [
  'seq',
  'created_at',
  'type',
  'amount',
  'balance_before',
  'balance_after',
  'action',
  'description',
  'reference_id',
  'reference_type',
  'id',
  'credit_type',
] as const satisfies readonly (keyof CreditTransaction)[]

/**
 * The whole filtered history as CSV with a header line, newest first, read and sent a page at a time. Cells a
 * spreadsheet would take for a formula are escaped.
 */
export function historyAsCsv(userId: string, filter: HistoryFilter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let beforeSeq = filter.beforeSeq
  let header = true
  return new ReadableStream({
    async pull(controller) {
      const rows = await creditService.getTransactionHistory(userId, {
        ...filter,
        beforeSeq,
        limit: PAGE_ROWS,
      })
      const text = stringify(rows, { columns: [...COLUMNS], header, escape_formulas: true })
      header = false
      beforeSeq = rows.at(-1)?.seq
      if (text) controller.enqueue(encoder.encode(text))
      if (rows.length < PAGE_ROWS) controller.close()
    },
  })
}
