import { PlusIcon } from 'lucide-react'
import { upcomingRenewal } from '@/components/billing/upcoming-renewal'
import { FirstSteps } from '@/components/credits/first-steps'
import { NoticeLink } from '@/components/credits/notice-link'
import { RecentTransactions } from '@/components/credits/recent-transactions'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { RunsCard } from '@/components/credits/runs-card'
import { UsageCard } from '@/components/credits/usage-card'
import { WalletSummary } from '@/components/credits/wallet-summary'
import { WalletTabs } from '@/components/credits/wallet-tabs'
import { Notices } from '@/components/dashboard/notices'
import { AccountLink } from '@/components/layout/account-link'
import { PageHeader } from '@/components/layout/page-header'
import { ToolGallery } from '@/components/layout/tool-gallery'
import { Button } from '@/components/ui/button'
import { chooseWallet, walletQuery } from '@/lib/account/choose-wallet'
import { listRuns } from '@/lib/account/list-runs'
import { readWallets, unopenedWallet } from '@/lib/account/read-wallets'
import { parseUsagePeriod } from '@/lib/account/usage-period'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { readCurrentPlan } from '@/lib/payments/subscriptions/read-plan'
import { readFormat } from '@/lib/reader/read-reader'
import { listToolsFor } from '@/tools/list-for-user'
import { HEADING } from './heading'

const RUNS = 5

type DashboardProps = { userId: string; query: Record<string, string | string[] | undefined> }

/** What a user has, what happened to it, and what they can do with it. */
export async function Dashboard({ userId, query }: DashboardProps) {
  const [types, wallets, tools, runs] = await Promise.all([
    listCreditTypes(),
    readWallets(userId),
    listToolsFor(userId),
    listRuns(userId, {}, RUNS),
  ])
  const type = chooseWallet(query, types)
  const wallet = wallets.find(({ creditType }) => creditType === type.id) ?? unopenedWallet(type.id)
  const period = parseUsagePeriod(query)
  const inAddress = walletQuery(type, types)
  const names = new Map(tools.map(({ id, name }) => [id, name]))
  const isNew = runs.rows.length === 0 && wallets.every(({ totalUsed }) => totalUsed === 0)
  return (
    <div data-wide className="grid grid-cols-1 gap-8">
      <RefreshOnChange userId={userId} />
      <PageHeader
        {...HEADING}
        // #region payments
        actions={
          <Button asChild>
            <AccountLink href={{ pathname: '/buy-credits', query: inAddress }}>
              <PlusIcon aria-hidden />
              Buy credits
            </AccountLink>
          </Button>
        }
        // #endregion
      />
      <Notices
        userId={userId}
        wallet={wallet}
        type={type}
        // #region payments
        buy={
          <NoticeLink href={{ pathname: '/buy-credits', query: inAddress }}>
            {`Buy ${type.unitPlural}`}
          </NoticeLink>
        }
        // #endregion
      />
      <WalletTabs userId={userId} types={types} current={type} pathname="/dashboard" />
      <WalletSummary
        userId={userId}
        wallet={wallet}
        type={type}
        period={period}
        // #region payments
        renewal={upcomingRenewal(await readFormat(), await readCurrentPlan(userId), type.id)}
        // #endregion
      />
      {isNew ? (
        <>
          <FirstSteps wallet={wallet} type={type} />
          <ToolGallery title="Tools" titleId="tools-title" tools={tools} />
          <RecentTransactions userId={userId} type={type} types={types} />
        </>
      ) : (
        <>
          <UsageCard userId={userId} type={type} period={period} query={inAddress} names={names} />
          <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-2 lg:[&>:only-child]:col-span-2">
            <RunsCard
              title="Latest runs"
              rows={runs.rows.map((run) => ({ ...run, name: names.get(run.tool) ?? run.tool }))}
              types={types}
              narrow
            />
            <RecentTransactions userId={userId} type={type} types={types} narrow />
          </div>
          <ToolGallery title="Tools" titleId="tools-title" tools={tools} />
        </>
      )}
    </div>
  )
}
