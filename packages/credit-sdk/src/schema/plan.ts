import { type ResolvedMapping, resolveMapping, type SqlMapping } from '../adapters/sql/mapping.ts'

export type MigrationDialect = 'postgres' | 'mysql' | 'sqlite'

export type MigrationOptions = {
  dialect: MigrationDialect
  mapping?: SqlMapping
  /** The type of the users' id, as in `uuid` or `bigint`; by default that of text. */
  userIdType?: string
  /** Whether the table with the balances is there already. Only SQLite has to know. */
  isExistingTable?: boolean
}

export type Migration = { up: string; down: string }

/** What a migration has to make, whatever the dialect. */
export type Plan = {
  names: ResolvedMapping
  userIdType: string
  /** The table that ledger and audit log refer to, and its id. */
  users: { table: string; id: string }
  /** Columns the mapping does not name are not there yet. */
  added: {
    credits: boolean
    membershipTier: boolean
    membershipExpiresAt: boolean
    createdAt: boolean
    updatedAt: boolean
  }
  /** `own`: users and balances in one table; `separate`: a table of ours beside the users; `shared`: the organizations'. */
  layout: 'own' | 'separate' | 'shared'
  isExistingTable: boolean
}

export function planMigration(options: MigrationOptions, textType: string): Plan {
  const { mapping = {}, userIdType = textType, isExistingTable = false } = options
  const names = resolveMapping(mapping)
  const isAdded = (column: keyof NonNullable<SqlMapping['balances']>) =>
    mapping.balances?.[column] === undefined
  const isSeparate = names.users !== undefined && names.users.balanceId === names.users.id
  return {
    names,
    userIdType,
    users: names.users ?? names.balances,
    added: {
      credits: isAdded('credits'),
      membershipTier: isAdded('membershipTier'),
      membershipExpiresAt: isAdded('membershipExpiresAt'),
      createdAt: isAdded('createdAt'),
      updatedAt: isAdded('updatedAt'),
    },
    layout: isSeparate ? 'separate' : names.users ? 'shared' : 'own',
    isExistingTable,
  }
}

/** What the types of a dialect are called. */
export type ColumnTypes = { credits: string; tier: string; time: string; now: string }

/** The columns of the balance that are not there yet, each as `name type`. */
export function addedColumns(
  { names: { balances }, added }: Plan,
  types: ColumnTypes,
  quote: Quote,
): [string, string][] {
  const wanted: [boolean, string | null, string][] = [
    [added.credits, balances.credits, `${types.credits} default 0 check (${quote(balances.credits)} >= 0)`],
    [added.membershipTier, balances.membershipTier, types.tier],
    [added.membershipExpiresAt, balances.membershipExpiresAt, `${types.time} null`],
    [added.createdAt, balances.createdAt, types.now],
    [added.updatedAt, balances.updatedAt, types.now],
  ]
  return wanted.flatMap(([isAdded, column, type]): [string, string][] =>
    isAdded && column !== null ? [[column, type]] : [],
  )
}

export type Quote = (name: string) => string

/** The start of a name for an index or a constraint, from a table that may have a schema. */
export function baseName(table: string): string {
  return table.replace(/\W+/g, '_')
}
