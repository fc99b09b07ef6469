import 'server-only'
import { type MembershipTier, opens } from '@/lib/tiers'
import { listOffers } from './packages'

/** The names of the plans for sale that bring a membership, or a higher one. @throws when they cannot be read */
export async function namePlansWith(required: MembershipTier): Promise<string[]> {
  const { plans } = await listOffers()
  return plans.filter(({ tier }) => opens(tier, required)).map(({ name }) => name)
}
