import { ReceiptTextIcon } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { LedgerPaging } from '@/components/credits/ledger-paging'
import { LedgerDownload, LedgerViews } from '@/components/credits/ledger-views'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { TransactionsTable } from '@/components/credits/transactions-table'
import { WalletTabs } from '@/components/credits/wallet-tabs'
import { WhyButton } from '@/components/credits/why-button'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { chooseWallet, walletQuery } from '@/lib/account/choose-wallet'
import { parseLedgerPosition } from '@/lib/account/ledger-position'
import { LEDGER_VIEWS, parseLedgerView } from '@/lib/account/ledger-view'
import { listTransactions } from '@/lib/account/list-transactions'
import { requireUser } from '@/lib/auth/session'
import { listCreditTypes } from '@/lib/credits/credit-types'

export const metadata: Metadata = { title: 'Transactions' }

export default async function TransactionsPage({ searchParams }: PageProps<'/transactions'>) {
  const user = await requireUser('/transactions')
  const [query, types] = await Promise.all([searchParams, listCreditTypes()])
  const wallet = chooseWallet(query, types)
  const inAddress = walletQuery(wallet, types)
  const show = parseLedgerView(query)
  const position = parseLedgerPosition(query)
  const page = await listTransactions(user.id, wallet.id, { ...position, types: LEDGER_VIEWS[show].types })
  return (
    <div className="grid grid-cols-1 gap-6">
      <RefreshOnChange userId={user.id} />
      <PageHeader
        title="Transactions"
        description="Every change of your balance, newest first. No row is ever edited."
        actions={<LedgerDownload view={show} creditType={wallet.id} />}
      />
      <WalletTabs userId={user.id} types={types} current={wallet} pathname="/transactions" />
      <Card className="gap-0 py-0">
        <LedgerViews current={show} query={inAddress} />
        {page.rows.length > 0 ? (
          <>
            <TransactionsTable rows={page.rows} action={(row) => <WhyButton row={row} />} />
            <LedgerPaging
              page={page}
              pathname="/transactions"
              query={{ ...inAddress, ...(show !== 'all' && { show }) }}
            />
          </>
        ) : (
          <EmptyState
            icon={ReceiptTextIcon}
            title={show === 'all' ? 'No transactions here' : 'No transactions of this kind'}
            description={`${wallet.name} you get, spend or buy are listed here.`}
            action={
              <Button asChild variant="outline" size="sm">
                {show === 'all' ? (
                  <Link href="/dashboard#tools-title">Try a tool</Link>
                ) : (
                  <Link href={{ pathname: '/transactions', query: inAddress }}>Show all</Link>
                )}
              </Button>
            }
          />
        )}
      </Card>
    </div>
  )
}
