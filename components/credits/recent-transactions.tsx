import { ReceiptTextIcon } from 'lucide-react'
import { TransactionsTable } from '@/components/credits/transactions-table'
import { AccountLink } from '@/components/layout/account-link'
import { Button } from '@/components/ui/button'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { walletQuery } from '@/lib/account/choose-wallet'
import { listTransactions } from '@/lib/account/list-transactions'
import type { CreditType } from '@/lib/credit-type'

const ROWS = 5

type RecentTransactionsProps = {
  userId: string
  type: CreditType
  types: readonly CreditType[]
  /** Whether it stands beside something else. */
  narrow?: boolean
}

/** The last rows of a wallet's ledger, and the way to the rest. */
export async function RecentTransactions({ userId, type, types, narrow = false }: RecentTransactionsProps) {
  const { rows } = await listTransactions(userId, type.id, { limit: ROWS })
  if (rows.length === 0) {
    return (
      <Card className="py-0">
        <EmptyState
          icon={ReceiptTextIcon}
          title="No transactions yet"
          description="Every change of your balance appears here: credits you get, spend or buy."
          action={
            <Button asChild variant="outline" size="sm">
              <AccountLink href="/dashboard#tools-title">Try a tool</AccountLink>
            </Button>
          }
        />
      </Card>
    )
  }
  return (
    <Card className="min-w-0 gap-3 pb-1">
      <CardHeader className="flex items-center justify-between">
        <CardTitle>Latest transactions</CardTitle>
        <Button asChild variant="ghost" size="sm" className="-my-1.5 -mr-3 text-muted-foreground">
          <AccountLink href={{ pathname: '/transactions', query: walletQuery(type, types) }}>
            All transactions
          </AccountLink>
        </Button>
      </CardHeader>
      <TransactionsTable rows={rows} narrow={narrow} />
    </Card>
  )
}
