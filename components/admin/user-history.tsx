import { ReceiptTextIcon } from 'lucide-react'
import { LedgerPaging } from '@/components/credits/ledger-paging'
import { TransactionsTable } from '@/components/credits/transactions-table'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import type { LedgerPosition } from '@/lib/account/ledger-position'
import { listTransactions } from '@/lib/account/list-transactions'
import { RefundButton } from './refund-button'

/** A user's ledger as they see it themselves, with a way to give charges back. */
export async function UserHistory({ userId, position }: { userId: string; position: LedgerPosition }) {
  const page = await listTransactions(userId, position)
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
          <LedgerPaging page={page} pathname={`/admin/users/${userId}`} />
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
