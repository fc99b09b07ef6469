import { walk } from './walk'

/** Whether the database can keep a text: Postgres takes no NUL, and its JSON no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** The path, as `files.0`, of a text of an input that cannot be kept; null when all can. */
export function findUnstorable(input: unknown): string | null {
  for (const { value, path } of walk(input)) {
    const text = value instanceof File ? value.name : value
    if (typeof text === 'string' && !isStorable(text)) return path().join('.')
  }
  return null
}
