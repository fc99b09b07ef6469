import type { Metadata } from 'next'
import { PageHeader } from '@/components/layout/page-header'
import { ToolGallery } from '@/components/layout/tool-gallery'
import { readTier } from '@/lib/account/read-tier'
import { readToolSwitches } from '@/lib/account/read-tool-switches'
import { requireUser } from '@/lib/auth/session'
import { namePlansWith } from '@/lib/catalog/name-plans'
import { findCreditType } from '@/lib/credit-type'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { MEMBERSHIP_TIERS, opens, TIER_NAMES } from '@/lib/tiers'
import { listTools } from '@/tools/registry'

export const metadata: Metadata = { title: 'Tools' }

export default async function ToolsPage() {
  const user = await requireUser('/tools')
  const [registered, types, tier, switches] = await Promise.all([
    listTools(),
    listCreditTypes(),
    readTier(user.id),
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
      <PageHeader title="Tools" description="What your credits are for, at the prices you pay." />
      {groups
        .filter(({ tools }) => tools.length > 0)
        .map((group) => (
          <ToolGallery key={group.title} {...group} />
        ))}
    </div>
  )
}
