import 'server-only'
import { readTier } from '@/lib/account/read-tier'
import { readToolSwitches } from '@/lib/account/read-tool-switches'
import { namePlansWith } from '@/lib/catalog/name-plans'
import { findCreditType } from '@/lib/credit-type'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { opens } from '@/lib/tiers'
import { listTools } from './registry'

/** The tools as a user finds them: at their own prices, and those above their membership with the plans that open them. */
export async function listToolsFor(userId: string) {
  const [tools, types, tier, switches] = await Promise.all([
    listTools(),
    listCreditTypes(),
    readTier(userId),
    readToolSwitches(),
  ])
  return Promise.all(
    tools.map(async ({ id, name, href, icon, summary, requiredTier, creditType, describePrice }) => ({
      ...{ id, name, href, icon, summary, requiredTier },
      price: describePrice(tier, findCreditType(types, creditType)),
      /** Whether an admin has switched it off for now. */
      off: switches.has(id),
      /** The names of the plans that open it; null when it is open. */
      plans: requiredTier && !opens(tier, requiredTier) ? await namePlansWith(requiredTier) : null,
    })),
  )
}
