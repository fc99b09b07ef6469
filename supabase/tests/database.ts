import { inject } from 'vitest'
import { createTestDatabase } from '../../packages/dev-stack/testing.ts'

/** A database of one's own, migrated and seeded. Close every connection to it, then `drop` it. */
export function createDatabase(): ReturnType<typeof createTestDatabase> {
  return createTestDatabase(inject('testServer'))
}
