import type { CreditsEngine } from 'credit-sdk'
import type { PrismaClient } from './generated/client.ts'

type Services = { prisma: PrismaClient; engine: CreditsEngine<object> }

/** The charge and the post are kept or rolled back together. */
export async function writePost({ prisma, engine }: Services, userId: string, title: string): Promise<void> {
  const action = 'generate-post'
  await prisma.$transaction(async (tx) => {
    // Correct: pass tx to all operations
    await engine.charge({ userId, action, txn: tx })
    await tx.post.create({ data: { title } })
  })
}

/** What the guide warns of: this charge is a transaction of its own, and stays when the other one is rolled back. */
export async function writePostApart(
  { prisma, engine }: Services,
  userId: string,
  title: string,
): Promise<void> {
  const action = 'generate-post'
  await prisma.$transaction(async (tx) => {
    // Wrong: missing txn parameter
    await engine.charge({ userId, action })
    await tx.post.create({ data: { title } })
  })
}
