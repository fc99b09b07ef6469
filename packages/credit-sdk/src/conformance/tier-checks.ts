import { must, requireLedger, requireRefusal } from './expect.ts'
import type { Check } from './subject.ts'

/** What a tier decides. */
export const tierChecks: readonly Check[] = [
  {
    name: 'an expired tier is none, for price and access',
    async run({ engine, createUser, tiers: [, higher] }) {
      const hour = 60 * 60 * 1000
      const membershipTier = higher
      const past = await createUser({
        credits: 100,
        membershipTier,
        membershipExpiresAt: new Date(Date.now() - hour),
      })
      const valid = await createUser({
        credits: 100,
        membershipTier,
        membershipExpiresAt: new Date(Date.now() + hour),
      })
      const costs = []
      for (const userId of [valid, past]) costs.push((await engine.charge({ userId, action: 'act' })).cost)
      must(
        costs.join() === '5,10',
        `With a valid and with an expired tier the price was ${costs.join(' and ')}.`,
      )
      const access = [
        await engine.validateAccess(valid, 'members'),
        await engine.validateAccess(past, 'members'),
      ]
      must(access.join() === 'true,false', 'An expired tier still gives access.')
      const charge = engine.charge({ userId: past, action: 'members' })
      await requireRefusal('MEMBERSHIP_REQUIRED', 'A charge with an expired tier must be refused.', charge)
    },
  },
  {
    name: 'an upgrade fills to the cap, a downgrade cuts to it',
    async run({ engine, createUser, tiers: [lower, higher] }) {
      const userId = await createUser({ credits: 10 })
      const up = await engine.upgradeTier({ userId, targetTier: higher, idempotencyKey: 'up' })
      must(
        up.newCredits === 500 && up.oldTier === null,
        `An upgrade made 10 credits to ${up.newCredits}, not 500.`,
      )
      const again = await engine.upgradeTier({ userId, targetTier: higher, idempotencyKey: 'up' })
      must(again.transactionId === up.transactionId, 'A repeated key of an upgrade upgraded again.')
      const down = await engine.downgradeTier({ userId, targetTier: lower, clearExpiration: true })
      must(down.creditsDelta === -400, `A downgrade changed 500 credits by ${down.creditsDelta}, not -400.`)
      const sideways = engine.upgradeTier({ userId, targetTier: lower })
      await requireRefusal('INVALID_TIER_CHANGE', 'An upgrade to the same tier must be refused.', sideways)
      await requireLedger(engine, userId, 10)
    },
  },
]
