import { z } from 'zod'
import type { Json } from '@/lib/supabase/database.types'

/** As JSON writes them: a zero character, and half of a surrogate pair. Postgres takes neither. */
const NOT_STORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

/** A value as the database keeps it; null when its JSON is longer than `maxLength` characters, or cannot be kept. */
export function toStorable(value: unknown, maxLength: number): Json {
  const text = JSON.stringify(value)
  if (text.length > maxLength || NOT_STORABLE.test(text)) return null
  return z.json().parse(JSON.parse(text))
}
