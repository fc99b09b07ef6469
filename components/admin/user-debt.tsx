import { ScaleIcon } from 'lucide-react'
import { countByType } from '@/components/credits/count-by-type'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { readDebts } from '@/lib/account/read-debts'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { readFormat } from '@/lib/reader/read-reader'

/** What a user owes, said to an admin; nothing when they owe nothing. */
export async function UserDebt({ userId }: { userId: string }) {
  const [debts, types, format] = await Promise.all([readDebts(userId), listCreditTypes(), readFormat()])
  if (debts.length === 0) return null
  return (
    <Alert variant="warning">
      <ScaleIcon aria-hidden />
      <AlertTitle>This user owes {countByType(format, debts, types)}</AlertTitle>
      <AlertDescription>
        Credits of a payment that was taken back had been spent. Whatever they get next repays them first.
      </AlertDescription>
    </Alert>
  )
}
