import { ScaleIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { countByType } from '@/components/credits/count-by-type'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { readDebts } from '@/lib/account/read-debts'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { readFormat } from '@/lib/reader/read-reader'

type DebtNoticeProps = {
  userId: string
  /** The way to what repays it, where the page is not that itself. */
  action?: ReactNode
}

/** Says what a user owes and how it is repaid; nothing when they owe nothing. */
export async function DebtNotice({ userId, action }: DebtNoticeProps) {
  const [debts, types, format] = await Promise.all([readDebts(userId), listCreditTypes(), readFormat()])
  if (debts.length === 0) return null
  return (
    <Alert variant="warning">
      <ScaleIcon aria-hidden />
      <AlertTitle>You owe {countByType(format, debts, types)}</AlertTitle>
      <AlertDescription>
        <span>
          A payment was refunded or disputed after its credits had been spent. The next credits you get repay
          them first; what is left is yours.
        </span>
        {action}
      </AlertDescription>
    </Alert>
  )
}
