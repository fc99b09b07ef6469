import type { PrismaClient } from './generated/client.ts'

/** "Use indexes for frequent queries": the newest rows of a user, by the index over (userId, createdAt). */
export async function listNewest(prisma: PrismaClient) {
  // Optimized: Uses index
  const transactions = await prisma.transaction.findMany({
    where: { userId: 'user-123' },
    orderBy: { createdAt: 'desc' },
    take: 10,
  })
  return transactions
}

/** "Limit result sets": pages need an order, or a row can be on two of them. */
export async function listPage(prisma: PrismaClient) {
  // Always use take/limit
  const transactions = await prisma.transaction.findMany({
    orderBy: { createdAt: 'desc' },
    take: 100,
    skip: 0,
  })
  return transactions
}

/** "Select only needed fields". */
export async function readMembership(prisma: PrismaClient) {
  // Only select what you need
  const user = await prisma.user.findUnique({
    where: { id: 'user-123' },
    select: { credits: true, membershipTier: true },
  })
  return user
}

/** "Use transactions for consistency": by hand, what the engine does for every operation. */
export async function takeOneCredit(prisma: PrismaClient): Promise<boolean> {
  return prisma.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: 'user-123', credits: { gte: 1 } },
      data: { credits: { decrement: 1 } },
    })
    if (count === 0) return false
    const { credits } = await tx.user.findUniqueOrThrow({ where: { id: 'user-123' } })
    const balances = { balanceBefore: credits + 1, balanceAfter: credits }
    await tx.transaction.create({ data: { userId: 'user-123', action: 'by-hand', amount: -1, ...balances } })
    return true
  })
}
