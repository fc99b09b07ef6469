import { PlusIcon } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { ExpiryNotice } from '@/components/credits/expiry-notice'
import { RecentTransactions } from '@/components/credits/recent-transactions'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { StatCards } from '@/components/credits/stat-cards'
import { UsageCard } from '@/components/credits/usage-card'
import { PageHeader } from '@/components/layout/page-header'
import { ToolLinks } from '@/components/layout/tool-links'
import { Button } from '@/components/ui/button'
import { readTier } from '@/lib/account/read-tier'
import { readWallets } from '@/lib/account/read-wallets'
import { requireUser } from '@/lib/auth/session'
import { GENERAL } from '@/lib/credit-type'
import { listTools } from '@/tools/registry'

export const metadata: Metadata = { title: 'Dashboard' }

export default async function DashboardPage() {
  const user = await requireUser('/dashboard')
  const [wallets, tier, registered] = await Promise.all([
    readWallets(user.id),
    readTier(user.id),
    listTools(),
  ])
  const tools = registered.map(({ describePrice, ...tool }) => ({ ...tool, price: describePrice(tier) }))
  return (
    <div className="grid grid-cols-1 gap-8">
      <RefreshOnChange userId={user.id} />
      <PageHeader
        title="Dashboard"
        description="What you have, what happened to it, and what you can do with it."
        // #region payments
        actions={
          <Button asChild>
            <Link href="/buy-credits">
              <PlusIcon aria-hidden />
              Buy credits
            </Link>
          </Button>
        }
        // #endregion
      />
      <ExpiryNotice userId={user.id} />
      <StatCards
        userId={user.id}
        wallet={wallets.find((wallet) => wallet.creditType === GENERAL)}
        balanceNote="Credits you can spend now"
      />
      <UsageCard userId={user.id} />
      <RecentTransactions userId={user.id} />
      <ToolLinks tools={tools} />
    </div>
  )
}
