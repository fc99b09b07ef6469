import { CreditsEngine, type CreditsUpdate, type IStorageAdapter, type User } from 'credit-sdk'
import { PrismaAdapter } from 'credit-sdk/prisma'
import type { Customer, Prisma, PrismaClient } from './generated/client.ts'

type Txn = Prisma.TransactionClient

/** The other methods are those of PrismaAdapter, on the SDK's default tables. */
export class EcommerceAdapter extends PrismaAdapter implements IStorageAdapter<object> {
  constructor(private prisma: PrismaClient) {
    super(prisma)
  }

  override async getUserById(userId: string, txn?: Txn): Promise<User | null> {
    const client = txn || this.prisma
    const customer = await client.customer.findUnique({
      where: { id: userId },
    })
    return customer && this.toUser(customer)
  }

  override async updateUserCredits(
    userId: string,
    amount: number,
    txn?: Txn,
    { floor }: CreditsUpdate = {},
  ): Promise<User | null> {
    const client = txn || this.prisma
    // One conditional update: a customer who is short is not matched.
    const { count } = await client.customer.updateMany({
      where: { id: userId, ...(floor !== undefined && { loyaltyPoints: { gte: floor - amount } }) },
      data: {
        loyaltyPoints: { increment: amount },
      },
    })
    return count > 0 ? this.getUserById(userId, txn) : null
  }

  override async updateUserMembership(
    userId: string,
    tier: string | null,
    credits: number,
    _expiresAt?: Date | null,
    txn?: Txn,
  ): Promise<User | null> {
    const client = txn || this.prisma
    const data = { tier, loyaltyPoints: credits }
    return this.toUser(await client.customer.update({ where: { id: userId }, data }))
  }

  private toUser(customer: Customer): User {
    return {
      id: customer.id,
      credits: customer.loyaltyPoints, // Use existing loyalty points
      membershipTier: customer.tier, // Use existing tier
      membershipExpiresAt: null, // No expiration in this system
      createdAt: customer.createdAt,
      updatedAt: customer.updatedAt,
    }
  }
}

// Usage
export function createEngine(prisma: PrismaClient): CreditsEngine<object> {
  const adapter = new EcommerceAdapter(prisma)
  const engine = new CreditsEngine({
    storage: adapter,
    config: {
      costs: {
        'redeem-discount': { bronze: 100, silver: 80, gold: 50 },
        'free-shipping': { bronze: 200, silver: 150, gold: 100 },
      },
      membership: {
        tiers: { bronze: 0, silver: 1, gold: 2 },
        requirements: {
          'redeem-discount': null,
          'free-shipping': 'silver',
        },
      },
    },
  })
  return engine
}
