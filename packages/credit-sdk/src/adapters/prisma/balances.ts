import type { User } from '../../records.ts'
import { fromTier, type ResolvedMapping, toTier } from '../sql/mapping.ts'
import type { Row } from '../sql/row.ts'
import { toCredits, toDate, toTextOrNull, toTimestamp } from '../sql/values.ts'
import { modelOf } from './client.ts'

export type Where = {
  client: object
  mapping: ResolvedMapping
  /** Whether the database can be asked to skip rows that are there already. */
  canSkip: boolean
  /** A user's id as the model has it. */
  writeId: (userId: string) => unknown
  /** A value for a field of JSON. */
  writeJson: (value: unknown) => unknown
}

/** The user's balance, read without a lock. */
export async function readUser(where: Where, userId: string): Promise<User | null> {
  const { client, mapping } = where
  const { balances } = mapping
  const id = await balanceIdOf(where, userId)
  if (id === null) return null
  const row = await modelOf(client, balances.table).findUnique({ where: { [balances.id]: id } })
  if (row) return toUser(mapping, userId, row)
  return mapping.users ? toUser(mapping, userId, {}) : null
}

/** Adds an amount that may be negative, if the floor allows it, in one conditional update. By 0 it locks the row. */
export async function addCredits(
  where: Where,
  userId: string,
  amount: number,
  floor?: number,
): Promise<User | null> {
  const { client, mapping } = where
  const { balances } = mapping
  const id = await balanceIdOf(where, userId)
  if (id === null) return null
  const model = modelOf(client, balances.table)
  const above = floor === undefined ? {} : { [balances.credits]: { gte: floor - amount } }
  const update = {
    where: { [balances.id]: id, ...above },
    data: { [balances.credits]: { increment: amount } },
  }
  let { count } = await model.updateMany(update)
  let row = await model.findUnique({ where: { [balances.id]: id } })
  if (!row && mapping.users && mapping.users.balanceId === mapping.users.id) {
    await openRow(where, id)
    count = (await model.updateMany(update)).count
    row = await model.findUnique({ where: { [balances.id]: id } })
  }
  // Nothing added to NULL is NULL: such a balance is opened at 0.
  if (row && row[balances.credits] === null) {
    const empty = { [balances.id]: id, [balances.credits]: null }
    await model.updateMany({ where: empty, data: { [balances.credits]: 0 } })
    count = (await model.updateMany(update)).count
    row = await model.findUnique({ where: { [balances.id]: id } })
  }
  return row && count > 0 ? toUser(mapping, userId, row) : null
}

/** Sets tier, balance and, unless it is undefined, the end of the membership. */
export async function setMembership(
  where: Where,
  userId: string,
  { tier, credits, expiresAt }: { tier: string | null; credits: number; expiresAt: Date | null | undefined },
): Promise<User | null> {
  const { client, mapping } = where
  const { balances } = mapping
  const id = await balanceIdOf(where, userId)
  if (id === null || balances.membershipTier === null) return null
  const end =
    expiresAt === undefined || balances.membershipExpiresAt === null
      ? {}
      : { [balances.membershipExpiresAt]: expiresAt }
  const data = { [balances.credits]: credits, [balances.membershipTier]: fromTier(balances, tier), ...end }
  await modelOf(client, balances.table).updateMany({ where: { [balances.id]: id }, data })
  return readUser(where, userId)
}

/** The id of the balance that the user spends; null for an unknown user. */
async function balanceIdOf({ client, mapping: { users }, writeId }: Where, userId: string): Promise<unknown> {
  const id = writeId(userId)
  if (!users || id === null) return id
  const row = await modelOf(client, users.table).findUnique({ where: { [users.id]: id } })
  return row?.[users.balanceId] ?? null
}

/** Somebody else may open it at the same time, and then waits for us or we for them. */
async function openRow({ client, mapping: { balances }, canSkip }: Where, id: unknown): Promise<void> {
  const model = modelOf(client, balances.table)
  const data = [{ [balances.id]: id, [balances.credits]: 0 }]
  await model.createMany({ data, ...(canSkip && { skipDuplicates: true }) })
}

function toUser({ balances }: ResolvedMapping, userId: string, row: Row): User {
  const read = (column: string | null) => (column === null ? null : row[column])
  return {
    id: userId,
    credits: toCredits(row[balances.credits]),
    membershipTier: toTier(balances, toTextOrNull(read(balances.membershipTier))),
    membershipExpiresAt: toDate(read(balances.membershipExpiresAt)),
    createdAt: toTimestamp(read(balances.createdAt)),
    updatedAt: toTimestamp(read(balances.updatedAt)),
  }
}
