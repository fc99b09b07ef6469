import { ScaleIcon } from 'lucide-react'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { readDebt } from '@/lib/account/read-debt'
import { countCredits } from '@/lib/format'

/** What a user owes, said to an admin; nothing when they owe nothing. */
export async function UserDebt({ userId }: { userId: string }) {
  const debt = await readDebt(userId)
  if (debt === 0) return null
  return (
    <Alert variant="warning">
      <ScaleIcon aria-hidden />
      <AlertTitle>This user owes {countCredits(debt)}</AlertTitle>
      <AlertDescription>
        Credits of a payment that was taken back had been spent. Whatever they get next repays them first.
      </AlertDescription>
    </Alert>
  )
}
