import 'server-only'
import { stringify } from 'csv-stringify/sync'
import type { Period } from './business-period'
import type { FigureRow } from './read-business'

/**
 * The figures of a period as CSV with a header line; money in minor units. Cells a spreadsheet would take for a formula
 * are escaped.
 */
export function businessAsCsv({ since, last }: Period, rows: readonly FigureRow[]): string {
  const lines = rows.map((row) => ({ from: since, to: last, ...row }))
  const columns = ['from', 'to', 'figure', 'subject', 'amount', 'amount_before']
  return stringify(lines, { columns, header: true, escape_formulas: true })
}
