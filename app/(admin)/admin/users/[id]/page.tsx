import type { Metadata } from 'next'
import { AccountCard } from '@/components/admin/account-card'
import { AdjustForm } from '@/components/admin/adjust-form'
import { AuditLog } from '@/components/admin/audit-log'
import { BackLink } from '@/components/admin/back-link'
import { CustomerCard } from '@/components/admin/customer-card'
import { GiveForm } from '@/components/admin/give-form'
import { HeldBonus } from '@/components/admin/held-bonus'
import { MembershipCard } from '@/components/admin/membership-card'
import { UserBadges } from '@/components/admin/user-badges'
import { UserDebt } from '@/components/admin/user-debt'
import { UserHistory } from '@/components/admin/user-history'
import { UserPayments, UserSubscriptions } from '@/components/admin/user-money'
import { VerifyLedger } from '@/components/admin/verify-ledger'
import { ViewOverNotice } from '@/components/admin/view/view-over-notice'
import { WalletStats } from '@/components/admin/wallet-stats'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { WalletTabs } from '@/components/credits/wallet-tabs'
import { PageHeader } from '@/components/layout/page-header'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { chooseWallet } from '@/lib/account/choose-wallet'
import { parseLedgerPosition } from '@/lib/account/ledger-position'
import { readWallets } from '@/lib/account/read-wallets'
import { requireAdmin } from '@/lib/auth/roles'
import { CreditBalanceProvider } from '@/lib/credit-manager'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { readFormat } from '@/lib/reader/read-reader'
import { findUser } from './find-user'

type UserPageProps = PageProps<'/admin/users/[id]'>

export async function generateMetadata({ params }: UserPageProps): Promise<Metadata> {
  await requireAdmin()
  const { name, email } = await findUser(params)
  return { title: name || email }
}

export default async function AdminUserPage({ params, searchParams }: UserPageProps) {
  await requireAdmin()
  const user = await findUser(params)
  const [query, types, wallets, { formatDate, formatTimestamp }] = await Promise.all([
    searchParams,
    listCreditTypes(),
    readWallets(user.id),
    readFormat(),
  ])
  const type = chooseWallet(query, types)
  const wallet = wallets.find(({ creditType }) => creditType === type.id)
  return (
    <CreditBalanceProvider userId={user.id} balances={wallets}>
      <RefreshOnChange userId={user.id} />
      <div className="grid grid-cols-1 gap-6">
        <div className="grid gap-2">
          <BackLink href="/admin/users">Users</BackLink>
          <PageHeader
            title={user.email}
            description={[
              user.name,
              `since ${formatDate(user.created_at)}`,
              user.closed_at && `closed ${formatDate(user.closed_at)}`,
              user.last_seen_at ? `last seen ${formatTimestamp(user.last_seen_at)}` : 'never signed in',
            ]
              .filter(Boolean)
              .join(', ')}
            actions={<UserBadges user={user} />}
          />
        </div>
        {query.view === 'over' && <ViewOverNotice />}
        <HeldBonus userId={user.id} />
        <UserDebt userId={user.id} />
        <WalletTabs userId={user.id} types={types} current={type} pathname={`/admin/users/${user.id}`} />
        <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
          {/* On small screens what is adjusted stands right below what it is. */}
          <div className="grid grid-cols-1 gap-6 max-lg:contents">
            {wallet && (
              <div className="max-lg:-order-2">
                <WalletStats userId={user.id} wallet={wallet} type={type} />
              </div>
            )}
            {/* #region payments */}
            <UserPayments userId={user.id} email={user.email} />
            <UserSubscriptions userId={user.id} />
            {/* #endregion */}
            <UserHistory userId={user.id} type={type} types={types} position={parseLedgerPosition(query)} />
          </div>
          <div className="grid grid-cols-1 gap-6 max-lg:contents">
            <Card className="max-lg:-order-1">
              <CardHeader className="flex items-center justify-between">
                <CardTitle>Adjust the balance</CardTitle>
                {!user.closed_at && (
                  <GiveForm key={type.id} userId={user.id} email={user.email} type={type} />
                )}
              </CardHeader>
              <CardContent>
                <AdjustForm key={type.id} userId={user.id} email={user.email} shown={type} />
              </CardContent>
            </Card>
            <MembershipCard user={user} />
            {/* #region payments */}
            <CustomerCard userId={user.id} />
            {/* #endregion */}
            <VerifyLedger userId={user.id} />
            <AccountCard account={user} />
            <AuditLog userId={user.id} />
          </div>
        </div>
      </div>
    </CreditBalanceProvider>
  )
}
