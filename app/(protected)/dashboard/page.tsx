import { PlusIcon } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { ExpiryNotice } from '@/components/credits/expiry-notice'
import { RecentTransactions } from '@/components/credits/recent-transactions'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { StatCards } from '@/components/credits/stat-cards'
import { UsageCard } from '@/components/credits/usage-card'
import { WalletTabs } from '@/components/credits/wallet-tabs'
import { PageHeader } from '@/components/layout/page-header'
import { ToolLinks } from '@/components/layout/tool-links'
import { Button } from '@/components/ui/button'
import { chooseWallet, walletQuery } from '@/lib/account/choose-wallet'
import { readTier } from '@/lib/account/read-tier'
import { readWallets } from '@/lib/account/read-wallets'
import { requireUser } from '@/lib/auth/session'
import { findCreditType } from '@/lib/credit-type'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { listTools } from '@/tools/registry'

export const metadata: Metadata = { title: 'Dashboard' }

export default async function DashboardPage({ searchParams }: PageProps<'/dashboard'>) {
  const user = await requireUser('/dashboard')
  const [query, types, wallets, tier, registered] = await Promise.all([
    searchParams,
    listCreditTypes(),
    readWallets(user.id),
    readTier(user.id),
    listTools(),
  ])
  const type = chooseWallet(query, types)
  const wallet = wallets.find(({ creditType }) => creditType === type.id)
  const tools = registered.map(({ describePrice, ...tool }) => ({
    ...tool,
    price: describePrice(tier, findCreditType(types, tool.creditType)),
  }))
  return (
    <div className="grid grid-cols-1 gap-8">
      <RefreshOnChange userId={user.id} />
      <PageHeader
        title="Dashboard"
        description="What you have, what happened to it, and what you can do with it."
        // #region payments
        actions={
          <Button asChild>
            <Link href={{ pathname: '/buy-credits', query: walletQuery(type, types) }}>
              <PlusIcon aria-hidden />
              Buy credits
            </Link>
          </Button>
        }
        // #endregion
      />
      <ExpiryNotice userId={user.id} />
      <WalletTabs userId={user.id} types={types} current={type} pathname="/dashboard" />
      {wallet && (
        <StatCards userId={user.id} wallet={wallet} balanceNote={`${type.name} you can spend now`} />
      )}
      <UsageCard userId={user.id} type={type} />
      <RecentTransactions userId={user.id} type={type} types={types} />
      <ToolLinks tools={tools} />
    </div>
  )
}
