import type { CreditsUpdate, User } from 'credit-sdk'
import { PrismaAdapter } from 'credit-sdk/prisma'
import type { Prisma, PrismaClient } from './generated/client.ts'

type Txn = Prisma.TransactionClient

export class InitializingAdapter extends PrismaAdapter {
  constructor(private prisma: PrismaClient) {
    super(prisma)
  }

  override async getUserById(userId: string, txn?: Txn): Promise<User | null> {
    const client = txn || this.prisma

    let user = await client.user.findUnique({ where: { id: userId } })

    if (!user) return null

    // Auto-initialize credits if null
    if (user.credits === null) {
      // Only while it is still null: a grant that came meanwhile stays.
      await client.user.updateMany({
        where: { id: userId, credits: null },
        data: { credits: 0 },
      })
      user = await client.user.findUniqueOrThrow({ where: { id: userId } })
    }

    return {
      id: user.id,
      credits: user.credits ?? 0,
      membershipTier: user.membershipTier,
      membershipExpiresAt: user.membershipExpiresAt,
      createdAt: user.createdAt,
      updatedAt: user.updatedAt,
    }
  }

  /** A charge begins here and not with getUserById, so the balance is opened here too. */
  override async updateUserCredits(
    userId: string,
    amount: number,
    txn?: Txn,
    options?: CreditsUpdate,
  ): Promise<User | null> {
    await this.getUserById(userId, txn)
    return super.updateUserCredits(userId, amount, txn, options)
  }
}
