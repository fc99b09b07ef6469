import { BillingWatcher } from '@/components/billing/billing-watcher'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { PageHeader } from '@/components/layout/page-header'
import { ToolGallery } from '@/components/layout/tool-gallery'
import { readTier } from '@/lib/account/read-tier'
import { readToolSwitches } from '@/lib/account/read-tool-switches'
import { namePlansWith } from '@/lib/catalog/name-plans'
import { findCreditType } from '@/lib/credit-type'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { MEMBERSHIP_TIERS, opens, TIER_NAMES } from '@/lib/tiers'
import { listTools } from '@/tools/registry'

/** All tools by the membership that they take, at the prices of a user; a plan that begins opens them at once. */
export async function Gallery({ userId }: { userId: string }) {
  const [registered, types, tier, switches] = await Promise.all([
    listTools(),
    listCreditTypes(),
    readTier(userId),
    readToolSwitches(),
  ])
  const tools = registered.map(({ describePrice, ...tool }) => ({
    ...tool,
    price: describePrice(tier, findCreditType(types, tool.creditType)),
    off: switches.has(tool.id),
  }))
  const groups = await Promise.all(
    [null, ...MEMBERSHIP_TIERS].map(async (required) => {
      const isOpen = opens(tier, required)
      return {
        title: required ? `With ${TIER_NAMES[required]}` : 'For everybody',
        plans: required && !isOpen ? await namePlansWith(required) : null,
        tools: tools.filter(({ requiredTier }) => requiredTier === required),
      }
    }),
  )
  return (
    <div className="grid grid-cols-1 gap-8">
      <RefreshOnChange userId={userId} />
      {/* #region payments */}
      <BillingWatcher userId={userId} />
      {/* #endregion */}
      <PageHeader title="Tools" description="What your credits are for, at the prices you pay." />
      {groups
        .filter(({ tools }) => tools.length > 0)
        .map((group) => (
          <ToolGallery key={group.title} {...group} />
        ))}
    </div>
  )
}
