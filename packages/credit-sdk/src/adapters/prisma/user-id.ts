/** What the ids of users are in Prisma's schema. The SDK says all of them as text. */
export type UserIdType = 'String' | 'Int' | 'BigInt'

/** Writes an id as the model has it; null for text that is no such id, and so the id of nobody. */
export function idWriter(type: UserIdType): (userId: string) => unknown {
  if (type === 'String') return (userId) => userId
  return (userId) => {
    if (!/^-?\d{1,18}$/.test(userId)) return null
    return type === 'BigInt' ? BigInt(userId) : toInt(Number(userId))
  }
}

function toInt(id: number): number | null {
  return Math.abs(id) < 2 ** 31 ? id : null
}
