import type { CreditsUpdate, IStorageAdapter, User } from 'credit-sdk'
import { PrismaAdapter } from 'credit-sdk/prisma'
import type { Organization, Prisma, PrismaClient } from './generated/client.ts'

type Txn = Prisma.TransactionClient

/** The other methods are those of PrismaAdapter, on the SDK's default tables. */
export class OrganizationAdapter extends PrismaAdapter implements IStorageAdapter<object> {
  constructor(private prisma: PrismaClient) {
    super(prisma)
  }

  override async getUserById(userId: string, txn?: Txn): Promise<User | null> {
    const client = txn || this.prisma

    // Get user's organization
    const user = await client.user.findUnique({
      where: { id: userId },
      include: { organization: true },
    })

    if (!user?.organization) return null

    // Return organization's credits as "user" credits
    return this.toUser(userId, user.organization)
  }

  override async updateUserCredits(
    userId: string,
    amount: number,
    txn?: Txn,
    { floor }: CreditsUpdate = {},
  ): Promise<User | null> {
    const client = txn || this.prisma

    // Get user's organization
    const user = await client.user.findUnique({
      where: { id: userId },
      select: { organizationId: true },
    })

    if (!user) return null

    // Update organization credits, in one conditional update
    const { count } = await client.organization.updateMany({
      where: { id: user.organizationId, ...(floor !== undefined && { credits: { gte: floor - amount } }) },
      data: {
        credits: { increment: amount },
      },
    })
    return count > 0 ? this.getUserById(userId, txn) : null
  }

  override async updateUserMembership(
    userId: string,
    tier: string | null,
    credits: number,
    expiresAt?: Date | null,
    txn?: Txn,
  ): Promise<User | null> {
    const client = txn || this.prisma
    const { organizationId } = await client.user.findUniqueOrThrow({ where: { id: userId } })
    const data = { credits, membershipTier: tier, membershipExpiresAt: expiresAt }
    return this.toUser(userId, await client.organization.update({ where: { id: organizationId }, data }))
  }

  private toUser(userId: string, org: Organization): User {
    return {
      id: userId, // The member's own: ledger rows and keys are theirs
      credits: org.credits,
      membershipTier: org.membershipTier,
      membershipExpiresAt: org.membershipExpiresAt,
      createdAt: org.createdAt,
      updatedAt: org.updatedAt,
    }
  }
}
