/** Whether the database can keep a text: Postgres takes no NUL, and its JSON no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** The path, as `files.0`, of the first text of an input that cannot be kept; null when all can. */
export function findUnstorable(value: unknown, path: string[] = []): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : path.join('.')
  if (value instanceof File) return findUnstorable(value.name, path)
  if (typeof value !== 'object' || value === null) return null
  for (const [name, part] of Object.entries(value)) {
    const found = findUnstorable(part, [...path, name])
    if (found !== null) return found
  }
  return null
}
