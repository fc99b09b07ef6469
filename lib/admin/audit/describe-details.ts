import { capitalize } from '@/lib/text'
import type { AuditNote, AuditWriter } from './words'

/** All that is known of an entry, by name and as text: its action, and what the database noted with it. */
export function describeDetails({ action, details }: AuditNote, { format }: AuditWriter): [string, string][] {
  const { amount, currency, ...rest } = details
  const isMoney = typeof amount === 'number' && typeof currency === 'string'
  const shown = isMoney ? { amount: format.formatMoney(amount, currency), ...rest } : details
  return Object.entries({ action, ...shown }).flatMap(([name, value]): [string, string][] => {
    if (value === null || value === undefined || value === '') return []
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    return [[capitalize(name.replaceAll('_', ' ')), text]]
  })
}
