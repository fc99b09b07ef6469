import type { ReactNode } from 'react'
import { BillingWatcher } from '@/components/billing/billing-watcher'
import { OwnerOnly } from '@/components/layout/owner-only'
import { PageHeader } from '@/components/layout/page-header'
import { readTier } from '@/lib/account/read-tier'
import { readToolSwitches } from '@/lib/account/read-tool-switches'
import { namePlansWith } from '@/lib/catalog/name-plans'
import { type MembershipTier, opens } from '@/lib/tiers'
import { EarlierRuns } from './earlier-runs'
import { LastRun } from './last-run'
import { RefreshOnChange } from './refresh-on-change'
import { ToolLockedNotice } from './tool-locked-notice'
import { ToolOffNotice } from './tool-off-notice'

type ToolPageProps = {
  userId: string
  tool: { id: string; name: string; description: string; requiredTier: MembershipTier | null }
  /** Where its form sends a run. */
  url: string
  /** The form and its result; not there while the tool is off or locked. */
  form: ReactNode
}

/** The page of a tool: what became of the last run, its form or why there is none, and the runs before. */
export function ToolPage({ userId, tool, url, form }: ToolPageProps) {
  return (
    <div className="grid grid-cols-1 gap-6">
      <RefreshOnChange userId={userId} />
      <PageHeader title={tool.name} description={tool.description} />
      <LastRun userId={userId} tool={tool.id} url={url} />
      <FormOrNotice userId={userId} tool={tool} form={form} />
      <EarlierRuns userId={userId} tool={tool} />
    </div>
  )
}

async function FormOrNotice({ userId, tool, form }: Pick<ToolPageProps, 'userId' | 'tool' | 'form'>) {
  const [switches, tier] = await Promise.all([readToolSwitches(), readTier(userId)])
  const off = switches.get(tool.id)
  if (off) return <ToolOffNotice message={off} />
  if (!tool.requiredTier || opens(tier, tool.requiredTier)) return <OwnerOnly>{form}</OwnerOnly>
  const plans = await namePlansWith(tool.requiredTier)
  return (
    <>
      {/* #region payments */}
      <BillingWatcher userId={userId} />
      {/* #endregion */}
      <ToolLockedNotice tier={tool.requiredTier} plans={plans} />
    </>
  )
}
