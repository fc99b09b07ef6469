import type { OperationKind, User } from '../../records.ts'
import type { CreditsUpdate } from '../../storage/adapter.ts'
import { nowIn } from './dialect.ts'
import { column, type Fragment, join, literal, sql, table } from './fragment.ts'
import { type FixedColumns, fromTier, toTier } from './mapping.ts'
import type { Row } from './row.ts'
import { columns, type Executor, insertInto } from './statements.ts'
import { toCredits, toDate, toTextOrNull, toTimestamp } from './values.ts'

/** The user's row, read without a lock. */
export async function readUser({ on, mapping }: Executor, userId: string): Promise<User | null> {
  const [row] = await on.rows(sql`${selectBalance(mapping)} ${whereBalanceOf(mapping, userId)}`)
  if (row) return toUser(mapping, userId, row)
  return (await isUser({ on, mapping }, userId)) ? toUser(mapping, userId, {}) : null
}

/** The user's row, locked until the transaction ends, with a balance that was opened if it was not there. */
export async function lockUser(executor: Executor, userId: string): Promise<User | null> {
  const { on, dialect, mapping } = executor
  if (!dialect.lock) return addCredits(executor, userId, 0)
  const statement = sql`${selectBalance(mapping)} ${whereBalanceOf(mapping, userId)} ${dialect.lock}`
  const [row] = await on.rows(statement)
  if (row && row.credits !== null) return toUser(mapping, userId, row)
  return addCredits(executor, userId, 0)
}

/** Adds an amount that may be negative, if the floor allows it, in one statement. */
export async function addCredits(
  executor: Executor,
  userId: string,
  amount: number,
  { floor, kind }: CreditsUpdate = {},
): Promise<User | null> {
  const { balances } = executor.mapping
  const credits = sql`coalesce(${column(balances.credits)}, 0) + ${literal(amount)}`
  const above = floor === undefined ? sql`` : sql`and ${credits} >= ${literal(floor)}`
  const set = sql`${column(balances.credits)} = ${credits}${setTotals(balances, kind, literal(amount))}`
  const user = await updateBalance(executor, userId, set, above)
  if (user || !(await openBalance(executor, userId))) return user
  return updateBalance(executor, userId, set, above)
}

/** The rest of a `set` that keeps the totals, where the table has them. Tier changes count in none. */
export function setTotals(
  { totalPurchased, totalUsed }: Executor['mapping']['balances'],
  kind: OperationKind | undefined,
  amount: Fragment,
): Fragment {
  if (kind === 'grant' && totalPurchased !== null)
    return sql`, ${column(totalPurchased)} = ${column(totalPurchased)} + (${amount})`
  if ((kind === 'charge' || kind === 'refund') && totalUsed !== null)
    return sql`, ${column(totalUsed)} = ${column(totalUsed)} - (${amount})`
  return sql``
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
    sql`${column(balances.credits)} = ${literal(change.credits)}`,
    sql`${column(balances.membershipTier)} = ${fromTier(balances, change.tier)}`,
  ]
  if (change.expiresAt !== undefined && balances.membershipExpiresAt !== null) {
    const expiresAt = change.expiresAt && dialect.date(change.expiresAt)
    set.push(sql`${column(balances.membershipExpiresAt)} = ${expiresAt}`)
  }
  return updateBalance(executor, userId, join(set), sql``)
}

/** Opens the balance of a user who has none, where balances are rows of their own. @returns whether it did */
export async function openBalance({ on, dialect, mapping }: Executor, userId: string): Promise<boolean> {
  const { balances, users } = mapping
  if (!users || users.balanceId !== users.id || !(await isUser({ on, mapping }, userId))) return false
  const [existing] = await on.rows(sql`${selectBalance(mapping)} ${whereBalanceOf(mapping, userId)}`)
  if (existing) return false
  const times = [balances.createdAt, balances.updatedAt].filter((name) => name !== null)
  const insert = insertInto(balances.table, [
    [balances.id, userId],
    [balances.credits, 0],
    ...Object.entries(balances.fixed),
    ...times.map((name) => [name, nowIn(dialect)] as const),
  ])
  // Somebody else may open it at the same time.
  const unless = dialect.hasReturning
    ? sql`on conflict do nothing`
    : dialect.name === 'mysql'
      ? sql`on duplicate key update ${column(balances.id)} = ${column(balances.id)}`
      : sql``
  await on.count(sql`${insert} ${unless}`)
  return true
}

async function updateBalance(
  { on, dialect, mapping }: Executor,
  userId: string,
  set: Fragment,
  condition: Fragment,
): Promise<User | null> {
  const { balances } = mapping
  const touched =
    balances.updatedAt === null ? sql`` : sql`, ${column(balances.updatedAt)} = ${nowIn(dialect)}`
  const update = sql`update ${table(balances.table)} set ${set}${touched} ${whereBalanceOf(mapping, userId)} ${condition}`
  if (dialect.hasReturning) {
    const [row] = await on.rows(sql`${update} returning ${columns(balanceColumns(mapping))}`)
    return row ? toUser(mapping, userId, row) : null
  }
  if ((await on.count(update)) === 0) return null
  const [row] = await on.rows(sql`${selectBalance(mapping)} ${whereBalanceOf(mapping, userId)}`)
  return row ? toUser(mapping, userId, row) : null
}

async function isUser(
  { on, mapping: { users } }: Pick<Executor, 'on' | 'mapping'>,
  userId: string,
): Promise<boolean> {
  if (!users || users.balanceId !== users.id) return false
  const where = sql`where ${column(users.id)} = ${userId}`
  const rows = await on.rows(sql`select 1 as found from ${table(users.table)} ${where}`)
  return rows.length > 0
}

function balanceColumns({ balances }: Executor['mapping']) {
  const { credits, membershipTier, membershipExpiresAt, createdAt, updatedAt } = balances
  return { credits, membershipTier, membershipExpiresAt, createdAt, updatedAt }
}

function selectBalance(mapping: Executor['mapping']): Fragment {
  return sql`select ${columns(balanceColumns(mapping))} from ${table(mapping.balances.table)}`
}

/** `where id = …`: the user's own row, or the one that the user's row names. */
export function whereBalanceOf({ balances, users }: Executor['mapping'], userId: string): Fragment {
  const own = users
    ? sql`(select ${column(users.balanceId)} from ${table(users.table)} where ${column(users.id)} = ${userId})`
    : userId
  return sql`where ${column(balances.id)} = ${own}${andFixed(balances.fixed)}`
}

/** ` and kind = …` for columns with one value. */
export function andFixed(fixed: FixedColumns): Fragment {
  return join(
    Object.entries(fixed).map(([name, value]) => sql` and ${column(name)} = ${value}`),
    '',
  )
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
