import 'server-only'
import { stringify } from 'csv-stringify/sync'
import { creditService } from './credit-service'
import { mentions, splitSearch } from './search-words'
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
 * @param search words that all have to be in the description or the action of a row
 */
export function historyAsCsv(userId: string, filter: HistoryFilter, search = ''): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let beforeSeq = filter.beforeSeq
  let header = true
  const words = splitSearch(search)
  let isWanted = true
  return new ReadableStream({
    async pull(controller) {
      // A stream that was given nothing is not asked again, so pages with nothing that was searched for are passed here.
      for (let text = ''; text === '' && isWanted; ) {
        const rows = await creditService.getTransactionHistory(userId, {
          ...filter,
          beforeSeq,
          limit: PAGE_ROWS,
        })
        const found = rows.filter((row) => mentions(row, words))
        text = stringify(found, { columns: [...COLUMNS], header, escape_formulas: true })
        header = false
        beforeSeq = rows.at(-1)?.seq
        if (!isWanted) return
        if (text) controller.enqueue(encoder.encode(text))
        if (rows.length < PAGE_ROWS) return controller.close()
      }
    },
    cancel() {
      // Or a search that finds nothing would go through the whole ledger for nobody.
      isWanted = false
    },
  })
}
