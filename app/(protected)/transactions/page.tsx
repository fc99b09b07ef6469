import { ReceiptTextIcon } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { LedgerPaging } from '@/components/credits/ledger-paging'
import { LedgerDownload, LedgerViews } from '@/components/credits/ledger-views'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { TransactionsTable } from '@/components/credits/transactions-table'
import { WhyButton } from '@/components/credits/why-button'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { parseLedgerPosition } from '@/lib/account/ledger-position'
import { LEDGER_VIEWS, parseLedgerView } from '@/lib/account/ledger-view'
import { listTransactions } from '@/lib/account/list-transactions'
import { requireUser } from '@/lib/auth/session'

export const metadata: Metadata = { title: 'Transactions' }

export default async function TransactionsPage({ searchParams }: PageProps<'/transactions'>) {
  const user = await requireUser('/transactions')
  const query = await searchParams
  const show = parseLedgerView(query)
  const { types } = LEDGER_VIEWS[show]
  const page = await listTransactions(user.id, { ...parseLedgerPosition(query), types })
  return (
    <div className="grid grid-cols-1 gap-6">
      <RefreshOnChange userId={user.id} />
      <PageHeader
        title="Transactions"
        description="Every change of your balance, newest first. No row is ever edited."
        actions={<LedgerDownload view={show} />}
      />
      <Card className="gap-0 py-0">
        <LedgerViews current={show} />
        {page.rows.length > 0 ? (
          <>
            <TransactionsTable rows={page.rows} action={(row) => <WhyButton row={row} />} />
            <LedgerPaging page={page} pathname="/transactions" query={show === 'all' ? {} : { show }} />
          </>
        ) : (
          <EmptyState
            icon={ReceiptTextIcon}
            title={show === 'all' ? 'No transactions here' : 'No transactions of this kind'}
            description="Credits you get, spend or buy are listed here."
            action={
              <Button asChild variant="outline" size="sm">
                {show === 'all' ? (
                  <Link href="/dashboard#tools-title">Try a tool</Link>
                ) : (
                  <Link href="/transactions">Show all</Link>
                )}
              </Button>
            }
          />
        )}
      </Card>
    </div>
  )
}
