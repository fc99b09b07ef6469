import { ReceiptTextIcon } from 'lucide-react'
import { LedgerPaging } from '@/components/credits/ledger-paging'
import { TransactionsTable } from '@/components/credits/transactions-table'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { walletQuery } from '@/lib/account/choose-wallet'
import type { LedgerPosition } from '@/lib/account/ledger-position'
import { listTransactions } from '@/lib/account/list-transactions'
import type { CreditType } from '@/lib/credit-type'
import { RefundButton } from './refund-button'

type UserHistoryProps = {
  userId: string
  type: CreditType
  types: readonly CreditType[]
  position: LedgerPosition
}

/** The ledger of a user's wallet as they see it themselves, with a way to give charges back. */
export async function UserHistory({ userId, type, types, position }: UserHistoryProps) {
  const page = await listTransactions(userId, type.id, position)
  return (
    <Card className="gap-3 pb-0">
      <CardHeader>
        <CardTitle>Transactions</CardTitle>
      </CardHeader>
      {page.rows.length > 0 ? (
        <div>
          <TransactionsTable
            narrow
            rows={page.rows}
            action={(row) => row.type === 'deduction' && <RefundButton userId={userId} row={row} />}
          />
          <LedgerPaging page={page} pathname={`/admin/users/${userId}`} query={walletQuery(type, types)} />
        </div>
      ) : (
        <EmptyState
          icon={ReceiptTextIcon}
          title="No transactions"
          description="Nothing has changed this balance so far."
        />
      )}
    </Card>
  )
}
