import { BillingWatcher } from '@/components/billing/billing-watcher'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { PageHeader } from '@/components/layout/page-header'
import { ToolGallery } from '@/components/layout/tool-gallery'
import { MEMBERSHIP_TIERS, TIER_NAMES } from '@/lib/tiers'
import { listToolsFor } from '@/tools/list-for-user'
import { HEADING } from './heading'

/** All tools by the membership that they take, at the prices of a user; a plan that begins opens them at once. */
export async function Gallery({ userId }: { userId: string }) {
  const tools = await listToolsFor(userId)
  const groups = [null, ...MEMBERSHIP_TIERS].map((required) => ({
    title: required ? `With ${TIER_NAMES[required]}` : 'For everybody',
    tools: tools.filter(({ requiredTier }) => requiredTier === required),
  }))
  return (
    <div className="grid grid-cols-1 gap-8">
      <RefreshOnChange userId={userId} />
      {/* #region payments */}
      <BillingWatcher userId={userId} />
      {/* #endregion */}
      <PageHeader {...HEADING} />
      {groups
        .filter(({ tools }) => tools.length > 0)
        .map((group) => (
          <ToolGallery key={group.title} {...group} />
        ))}
    </div>
  )
}
