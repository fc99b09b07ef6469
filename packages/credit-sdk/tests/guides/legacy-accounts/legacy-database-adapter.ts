import type { CreditsUpdate, IStorageAdapter, User } from 'credit-sdk'
import { PrismaAdapter } from 'credit-sdk/prisma'
import type { Account, Prisma, PrismaClient } from './generated/client.ts'

type Txn = Prisma.TransactionClient

/** The other methods are those of PrismaAdapter, on the SDK's default tables. */
export class LegacyDatabaseAdapter extends PrismaAdapter implements IStorageAdapter<object> {
  constructor(private db: PrismaClient) {
    super(db)
  }

  override async getUserById(userId: string, txn?: Txn): Promise<User | null> {
    const client = txn || this.db
    // Your existing table might be called 'accounts' with different field names
    const account = await client.account.findUnique({ where: { accountId: userId } })
    return account && this.toUser(account)
  }

  override async updateUserCredits(
    userId: string,
    amount: number,
    txn?: Txn,
    { floor }: CreditsUpdate = {},
  ): Promise<User | null> {
    const client = txn || this.db
    // Nothing added to NULL is NULL, so an account without a balance is opened first.
    await client.account.updateMany({
      where: { accountId: userId, tokenBalance: null },
      data: { tokenBalance: 0 },
    })
    // One conditional update: an account that is short is not matched.
    const { count } = await client.account.updateMany({
      where: { accountId: userId, ...(floor !== undefined && { tokenBalance: { gte: floor - amount } }) },
      data: {
        tokenBalance: { increment: amount }, // Your field name
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
    const client = txn || this.db
    const account = await client.account.update({
      where: { accountId: userId },
      data: {
        tokenBalance: credits,
        subscription: this.mapTierToSubscription(tier),
        subscriptionEndDate: expiresAt,
      },
    })
    return this.toUser(account)
  }

  // Map your fields to SDK format
  private toUser(account: Account): User {
    return {
      id: account.accountId,
      credits: account.tokenBalance || 0, // Your field: tokenBalance
      membershipTier: this.mapSubscriptionToTier(account.subscription),
      membershipExpiresAt: account.subscriptionEndDate,
      createdAt: account.registeredAt,
      updatedAt: account.lastModified,
    }
  }

  // Map your subscription types to SDK tiers
  private static readonly mapping: Record<string, string> = {
    FREE_PLAN: 'free',
    PRO_PLAN: 'premium',
    BUSINESS_PLAN: 'enterprise',
  }

  private mapSubscriptionToTier(subscription: string | null): string | null {
    return (subscription !== null && LegacyDatabaseAdapter.mapping[subscription]) || null
  }

  private mapTierToSubscription(tier: string | null): string | null {
    const entry = Object.entries(LegacyDatabaseAdapter.mapping).find(([, meant]) => meant === tier)
    return entry?.[0] ?? null
  }
}
