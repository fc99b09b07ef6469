import { parseArgs } from 'node:util'
import type { SqlMapping } from '../adapters/sql/mapping.ts'
import { createMigration, type MigrationDialect } from '../schema/index.ts'

export type InitFile = { path: string; text: string }

export const INIT_USAGE = `credit-sdk init --dialect postgres|mysql|sqlite [options]
  --users TABLE          your table of users (users)
  --id COLUMN            its primary key (id)
  --id-type TYPE         the type of that column, as in uuid or bigint (text)
  --map FIELD=COLUMN     a column that is there already: credits, membershipTier, membershipExpiresAt, createdAt, updatedAt;
                         FIELD=null where there is none. May be repeated
  --tier VALUE=TIER      what your column holds for a tier, as in PRO_PLAN=premium. May be repeated
  --separate TABLE       keep the balances in a new table of this name beside the users
  --out FOLDER           where to write (credits)`

const DIALECTS: readonly MigrationDialect[] = ['postgres', 'mysql', 'sqlite']
const FIELDS = ['credits', 'membershipTier', 'membershipExpiresAt', 'createdAt', 'updatedAt']

/**
 * The files for the given schema: the migration, the one that takes it back, and the adapter's configuration.
 * @throws with what is wrong about the arguments
 */
export function planInit(args: readonly string[]): { folder: string; files: InitFile[] } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      dialect: { type: 'string' },
      users: { type: 'string', default: 'users' },
      id: { type: 'string', default: 'id' },
      'id-type': { type: 'string' },
      map: { type: 'string', multiple: true, default: [] },
      tier: { type: 'string', multiple: true, default: [] },
      separate: { type: 'string' },
      out: { type: 'string', default: 'credits' },
    },
  })
  const dialect = DIALECTS.find((name) => name === values.dialect)
  if (!dialect) throw new Error(`--dialect must be one of ${DIALECTS.join(', ')}.`)
  const mapping = readMapping(values)
  const migration = createMigration({
    dialect,
    mapping,
    userIdType: values['id-type'],
    isExistingTable: true,
  })
  const files = [
    { path: '001_credits.up.sql', text: migration.up },
    { path: '001_credits.down.sql', text: migration.down },
    { path: 'credits-storage.ts', text: writeConfiguration(dialect, mapping) },
  ]
  return { folder: values.out, files }
}

type Values = { users: string; id: string; map: string[]; tier: string[]; separate?: string }

function readMapping({ users, id, map, tier, separate }: Values): SqlMapping {
  const columns: Record<string, string | null> = {}
  for (const [field, column] of map.map(splitPair)) {
    if (!FIELDS.includes(field)) throw new Error(`--map ${field}: the fields are ${FIELDS.join(', ')}.`)
    columns[field] = column === 'null' ? null : column
  }
  if (columns.credits === null) throw new Error('--map credits: a balance needs a column.')
  const tierValues = tier.length > 0 ? { tierValues: Object.fromEntries(tier.map(splitPair)) } : {}
  // A table that was there before rarely keeps these, and nothing needs them.
  const times = separate === undefined ? { createdAt: null, updatedAt: null } : {}
  const fields = { ...times, ...columns, ...tierValues }
  if (separate === undefined) return { balances: { table: users, id, ...fields } }
  return { balances: { table: separate, id: 'user_id', ...fields }, users: { table: users, id } }
}

function splitPair(pair: string): [string, string] {
  const [left = '', right = '', ...rest] = pair.split('=')
  if (!left || !right || rest.length > 0) throw new Error(`"${pair}" must have the form NAME=VALUE.`)
  return [left, right]
}

function writeConfiguration(dialect: MigrationDialect, mapping: SqlMapping): string {
  return `import { KyselyAdapter, type SqlMapping } from 'credit-sdk/kysely'
import type { Kysely } from 'kysely'

/** Where the credits are: the columns of 001_credits.up.sql and those that were there before. */
export const mapping: SqlMapping = ${JSON.stringify(mapping, null, 2)}

export function createCreditsStorage<Database>(db: Kysely<Database>): KyselyAdapter<Database> {
  return new KyselyAdapter({ db, dialect: '${dialect}', mapping })
}
`
}
