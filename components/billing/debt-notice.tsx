import { ScaleIcon } from 'lucide-react'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { readDebt } from '@/lib/account/read-debt'
import { countCredits } from '@/lib/format'

/** Says what a user owes and how it is repaid; nothing when they owe nothing. */
export async function DebtNotice({ userId }: { userId: string }) {
  const debt = await readDebt(userId)
  if (debt === 0) return null
  return (
    <Alert variant="warning">
      <ScaleIcon aria-hidden />
      <AlertTitle>You owe {countCredits(debt)}</AlertTitle>
      <AlertDescription>
        A payment was refunded or disputed after its credits had been spent. The next credits you get repay
        them first; what is left is yours.
      </AlertDescription>
    </Alert>
  )
}
