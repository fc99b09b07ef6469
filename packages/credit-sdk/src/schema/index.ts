import { migrateMysql } from './mysql.ts'
import {
  type Migration,
  type MigrationDialect,
  type MigrationOptions,
  type Plan,
  planMigration,
} from './plan.ts'
import { migratePostgres } from './postgres.ts'
import { migrateSqlite } from './sqlite.ts'

export type { Migration, MigrationDialect, MigrationOptions } from './plan.ts'

const WRITERS: Record<MigrationDialect, { textType: string; write: (plan: Plan) => Migration }> = {
  postgres: { textType: 'text', write: migratePostgres },
  mysql: { textType: 'varchar(255)', write: migrateMysql },
  sqlite: { textType: 'text', write: migrateSqlite },
}

/** The SQL that makes room for credits in a database, and the SQL that removes it again. Columns the mapping names exist. */
export function createMigration(options: MigrationOptions): Migration {
  const { textType, write } = WRITERS[options.dialect]
  return write(planMigration(options, textType))
}
