import type { CreditUnit } from '@/lib/credit-type'
import type { Format } from '@/lib/format'
import type { Json } from '@/lib/supabase/database.types'

/** What a run was asked, in a line: its texts, numbers and files, the longest first, for the database forgets their order. */
export function describeRunInput(input: Json): string {
  return partsOf(input)
    .sort((a, b) => b.length - a.length)
    .join(' · ')
}

function partsOf(value: Json | undefined): string[] {
  if (value === null || value === undefined || value === '') return []
  if (Array.isArray(value)) return [value.flatMap(partsOf).join(', ')].filter(Boolean)
  if (typeof value === 'object') return Object.values(value).flatMap(partsOf)
  return [String(value)]
}

/** Whether a run has not ended yet. */
export function isOpen(status: string): boolean {
  return status === 'queued' || status === 'running'
}

const SOURCES: Record<string, string> = { page: 'The page of the tool', api_key: 'The API', mcp: 'MCP' }

/** By what a run came, in words. */
export function describeSource(source: string): string {
  return SOURCES[source] ?? source
}

/** What a run that has no result cost, in a sentence. */
export function describeStopped(
  { countCredits }: Format,
  { status, charged }: { status: string; charged: number },
  unit: CreditUnit,
): string {
  const cost =
    charged > 0
      ? `You were charged ${countCredits(charged, unit)} for what it had used.`
      : 'You were not charged.'
  if (status === 'aborted') return `Your last run was stopped before it finished. ${cost}`
  if (status === 'expired') return `Your last run was lost with its server. ${cost}`
  return `Your last run failed. ${cost}`
}

/** What a run cost, for a column: a dash while it still runs. */
export function describeRunCharge(
  { countCredits }: Format,
  { status, charged }: { status: string; charged: number },
  unit: CreditUnit,
): string {
  return isOpen(status) ? '—' : countCredits(charged, unit)
}
