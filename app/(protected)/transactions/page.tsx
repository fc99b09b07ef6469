import { ReceiptTextIcon } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { LedgerPaging } from '@/components/credits/ledger-paging'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { TransactionsTable } from '@/components/credits/transactions-table'
import { PageHeader } from '@/components/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { parseLedgerPosition } from '@/lib/account/ledger-position'
import { listTransactions } from '@/lib/account/list-transactions'
import { requireUser } from '@/lib/auth/session'

export const metadata: Metadata = { title: 'Transactions' }

export default async function TransactionsPage({ searchParams }: PageProps<'/transactions'>) {
  const user = await requireUser('/transactions')
  const page = await listTransactions(user.id, parseLedgerPosition(await searchParams))
  return (
    <div className="grid gap-6">
      <RefreshOnChange userId={user.id} />
      <PageHeader
        title="Transactions"
        description="Every change of your balance, newest first. No row is ever edited."
      />
      <Card className="gap-0 py-0">
        {page.rows.length > 0 ? (
          <>
            <TransactionsTable rows={page.rows} />
            <LedgerPaging page={page} pathname="/transactions" />
          </>
        ) : (
          <EmptyState
            icon={ReceiptTextIcon}
            title="No transactions here"
            description="Credits you get, spend or buy are written down on this page."
            action={
              <Button asChild variant="outline" size="sm">
                <Link href="/example-tool">Try a tool</Link>
              </Button>
            }
          />
        )}
      </Card>
    </div>
  )
}
