import { type RawBuilder, sql } from 'kysely'
import type { User } from '../../records.ts'
import { fromTier, toTier } from '../sql/mapping.ts'
import type { Row } from '../sql/row.ts'
import { toCredits, toDate, toTextOrNull, toTimestamp } from '../sql/values.ts'
import { columns, countOf, type Executor, insertInto, rowsOf } from './statements.ts'

/** The user's row, read without a lock. */
export async function readUser({ on, mapping }: Executor, userId: string): Promise<User | null> {
  const [row] = await rowsOf(on, sql`${selectBalance(mapping)} ${whereBalanceOf(mapping, userId)}`)
  if (row) return toUser(mapping, userId, row)
  return (await isUser({ on, mapping }, userId)) ? toUser(mapping, userId, {}) : null
}

/** The user's row, locked until the transaction ends, with a balance that was opened if it was not there. */
export async function lockUser(executor: Executor, userId: string): Promise<User | null> {
  const { on, dialect, mapping } = executor
  if (!dialect.lock) return addCredits(executor, userId, 0)
  const statement = sql`${selectBalance(mapping)} ${whereBalanceOf(mapping, userId)} ${dialect.lock}`
  const [row] = await rowsOf(on, statement)
  if (row && row.credits !== null) return toUser(mapping, userId, row)
  return addCredits(executor, userId, 0)
}

/** Adds an amount that may be negative, if the floor allows it, in one statement. */
export async function addCredits(
  executor: Executor,
  userId: string,
  amount: number,
  floor?: number,
): Promise<User | null> {
  const { mapping } = executor
  const credits = sql`coalesce(${sql.id(mapping.balances.credits)}, 0) + ${sql.lit(amount)}`
  const above = floor === undefined ? sql`` : sql`and ${credits} >= ${sql.lit(floor)}`
  const user = await updateBalance(
    executor,
    userId,
    sql`${sql.id(mapping.balances.credits)} = ${credits}`,
    above,
  )
  if (user || !(await openBalance(executor, userId))) return user
  return updateBalance(executor, userId, sql`${sql.id(mapping.balances.credits)} = ${credits}`, above)
}

/** Sets tier, balance and, unless it is undefined, the end of the membership. */
export function setMembership(
  executor: Executor,
  userId: string,
  change: { tier: string | null; credits: number; expiresAt: Date | null | undefined },
): Promise<User | null> {
  const { dialect, mapping } = executor
  const { balances } = mapping
  if (balances.membershipTier === null) throw new Error('The mapping has no column for the tier.')
  const set = [
    sql`${sql.id(balances.credits)} = ${sql.lit(change.credits)}`,
    sql`${sql.id(balances.membershipTier)} = ${fromTier(balances, change.tier)}`,
  ]
  if (change.expiresAt !== undefined && balances.membershipExpiresAt !== null) {
    const expiresAt = change.expiresAt && dialect.date(change.expiresAt)
    set.push(sql`${sql.id(balances.membershipExpiresAt)} = ${expiresAt}`)
  }
  return updateBalance(executor, userId, sql.join(set), sql``)
}

/** Opens the balance of a user who has none, where balances are rows of their own. @returns whether it did */
export async function openBalance({ on, dialect, mapping }: Executor, userId: string): Promise<boolean> {
  const { balances, users } = mapping
  if (!users || users.balanceId !== users.id || !(await isUser({ on, mapping }, userId))) return false
  const [existing] = await rowsOf(on, sql`${selectBalance(mapping)} ${whereBalanceOf(mapping, userId)}`)
  if (existing) return false
  const times = [balances.createdAt, balances.updatedAt].filter((column) => column !== null)
  const insert = insertInto(balances.table, [
    [balances.id, userId],
    [balances.credits, 0],
    ...times.map((column) => [column, dialect.now()] as const),
  ])
  // Somebody else may open it at the same time.
  const unless = dialect.hasReturning
    ? sql`on conflict do nothing`
    : dialect.name === 'mysql'
      ? sql`on duplicate key update ${sql.id(balances.id)} = ${sql.id(balances.id)}`
      : sql``
  await sql`${insert} ${unless}`.execute(on)
  return true
}

async function updateBalance(
  { on, dialect, mapping }: Executor,
  userId: string,
  set: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
): Promise<User | null> {
  const { balances } = mapping
  const touched =
    balances.updatedAt === null ? sql`` : sql`, ${sql.id(balances.updatedAt)} = ${dialect.now()}`
  const update = sql`update ${sql.table(balances.table)} set ${set}${touched} ${whereBalanceOf(mapping, userId)} ${condition}`
  if (dialect.hasReturning) {
    const [row] = await rowsOf(on, sql`${update} returning ${columns(balanceColumns(mapping))}`)
    return row ? toUser(mapping, userId, row) : null
  }
  if ((await countOf(on, update)) === 0) return null
  const [row] = await rowsOf(on, sql`${selectBalance(mapping)} ${whereBalanceOf(mapping, userId)}`)
  return row ? toUser(mapping, userId, row) : null
}

async function isUser(
  { on, mapping: { users } }: Pick<Executor, 'on' | 'mapping'>,
  userId: string,
): Promise<boolean> {
  if (!users || users.balanceId !== users.id) return false
  const where = sql`where ${sql.id(users.id)} = ${userId}`
  const rows = await rowsOf(on, sql`select 1 as found from ${sql.table(users.table)} ${where}`)
  return rows.length > 0
}

function balanceColumns({ balances }: Executor['mapping']) {
  const { credits, membershipTier, membershipExpiresAt, createdAt, updatedAt } = balances
  return { credits, membershipTier, membershipExpiresAt, createdAt, updatedAt }
}

function selectBalance(mapping: Executor['mapping']): RawBuilder<unknown> {
  return sql`select ${columns(balanceColumns(mapping))} from ${sql.table(mapping.balances.table)}`
}

/** `where id = …`: the user's own row, or the one that the user's row names. */
export function whereBalanceOf(
  { balances, users }: Executor['mapping'],
  userId: string,
): RawBuilder<unknown> {
  if (!users) return sql`where ${sql.id(balances.id)} = ${userId}`
  const owner = sql`select ${sql.id(users.balanceId)} from ${sql.table(users.table)} where ${sql.id(users.id)} = ${userId}`
  return sql`where ${sql.id(balances.id)} = (${owner})`
}

/** The acting user, with the balance and the tier of whoever pays. */
function toUser({ balances }: Executor['mapping'], userId: string, row: Row): User {
  return {
    id: userId,
    credits: toCredits(row.credits),
    membershipTier: toTier(balances, toTextOrNull(row.membershipTier)),
    membershipExpiresAt: toDate(row.membershipExpiresAt),
    createdAt: toTimestamp(row.createdAt),
    updatedAt: toTimestamp(row.updatedAt),
  }
}
