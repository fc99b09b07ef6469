import { CreditsEngine } from 'credit-sdk'
import { PrismaAdapter } from 'credit-sdk/prisma'
import type Stripe from 'stripe'
import type { PrismaClient } from './generated/client.ts'

const DAY_SECONDS = 24 * 60 * 60

// Use PrismaAdapter with field mapping
export function createEngine(prisma: PrismaClient): CreditsEngine<object> {
  const adapter = new PrismaAdapter(prisma, {
    mapping: {
      balances: {
        membershipTier: 'plan',
        membershipExpiresAt: 'planExpiresAt',
        createdAt: null,
        updatedAt: null,
      },
    },
  })
  const engine = new CreditsEngine({
    storage: adapter,
    config: {
      costs: {
        'api-call': { free: 10, pro: 5, enterprise: 1 },
        'export-data': { free: 100, pro: 50, enterprise: 10 },
      },
      membership: {
        tiers: { free: 0, pro: 1, enterprise: 2 },
        requirements: {
          'api-call': null,
          'export-data': 'pro',
        },
      },
      // Longer than Stripe can send an event again.
      idempotency: { ttl: 60 * DAY_SECONDS },
    },
  })
  return engine
}

// Grant monthly credits based on plan
const creditsToGrant: Record<string, number> = {
  free: 100,
  pro: 1000,
  enterprise: 10000,
}

// Webhook handler for Stripe subscription updates
export async function handleStripeWebhook(
  { prisma, engine }: { prisma: PrismaClient; engine: CreditsEngine<object> },
  event: Stripe.Event,
): Promise<void> {
  if (event.type === 'customer.subscription.updated') {
    const subscription = event.data.object
    const item = subscription.items.data[0]
    const plan = item?.price.lookup_key
    const amount = plan && creditsToGrant[plan]
    if (!amount) throw new Error(`The subscription ${subscription.id} is for no plan of ours.`)

    await prisma.$transaction(async (tx) => {
      // Update user plan
      const user = await tx.user.update({
        where: { stripeCustomerId: String(subscription.customer) },
        data: {
          plan,
          planExpiresAt: new Date(item.current_period_end * 1000),
        },
      })

      await engine.grant({
        userId: user.id,
        amount,
        action: 'monthly-grant',
        // Stripe sends this event many times a month. The credits come once for each period and plan.
        idempotencyKey: `${subscription.id}:${plan}:${item.current_period_start}`,
        txn: tx,
      })
    })
  }
}
