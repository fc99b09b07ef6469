import type { Json } from '@/lib/supabase/database.types'

const MAX_TEXT_LENGTH = 200
const MAX_PARTS = 20
const MAX_DEPTH = 4
const MAX_LENGTH = 4_000

/**
 * What a run was asked, short enough for a list: texts cut, files by their names, the first of many. Null when even that
 * is too long.
 */
export function summarizeInput(input: unknown): Json {
  const summary = summarize(input, 0)
  return JSON.stringify(summary).length > MAX_LENGTH ? null : summary
}

function summarize(value: unknown, depth: number): Json {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (value instanceof File) return shorten(value.name)
  if (value instanceof Date) return Number.isNaN(value.valueOf()) ? null : value.toISOString()
  if (typeof value !== 'object') return shorten(String(value))
  if (depth === MAX_DEPTH) return null
  if (Array.isArray(value)) return value.slice(0, MAX_PARTS).map((part) => summarize(part, depth + 1))
  const fields = Object.entries(value).slice(0, MAX_PARTS)
  return Object.fromEntries(fields.map(([name, part]) => [shorten(name), summarize(part, depth + 1)]))
}

/** The beginning of a text, without what Postgres cannot store: half characters and zero characters. */
function shorten(text: string): string {
  const short = text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text
  return short.toWellFormed().replaceAll('\0', '')
}
