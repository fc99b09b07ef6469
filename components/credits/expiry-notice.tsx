import { HourglassIcon } from 'lucide-react'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { readSoonExpiring } from '@/lib/account/read-soon-expiring'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { formatDate } from '@/lib/format'
import { countByType } from './count-by-type'

const DAYS = 30

/** Says which credits of any wallet are about to expire; nothing when none are. */
export async function ExpiryNotice({ userId }: { userId: string }) {
  const [[first, ...others], types] = await Promise.all([readSoonExpiring(userId, DAYS), listCreditTypes()])
  if (!first) return null
  return (
    <Alert variant="warning">
      <HourglassIcon aria-hidden />
      <AlertTitle>
        {countByType([first], types)} will expire on {formatDate(first.expiresAt)}
      </AlertTitle>
      <AlertDescription>
        {others.length > 0 && <span>{`${countByType(others, types)} more within ${DAYS} days. `}</span>}
        <span>Expiring credits are spent first.</span>
      </AlertDescription>
    </Alert>
  )
}
