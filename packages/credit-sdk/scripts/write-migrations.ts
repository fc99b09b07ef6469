import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMigration, type MigrationDialect } from '../src/schema/index.ts'

/** Writes `migrations/`, the SQL for tables by the default names. */
const dialects: readonly MigrationDialect[] = ['postgres', 'mysql', 'sqlite']
for (const dialect of dialects) {
  const folder = join(import.meta.dirname, '../migrations', dialect)
  mkdirSync(folder, { recursive: true })
  const { up, down } = createMigration({ dialect })
  writeFileSync(join(folder, '001_credits.up.sql'), up)
  writeFileSync(join(folder, '001_credits.down.sql'), down)
}
