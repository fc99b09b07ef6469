import { HourglassIcon } from 'lucide-react'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { readSoonExpiring } from '@/lib/account/read-soon-expiring'
import { countCredits, formatDate } from '@/lib/format'

const DAYS = 30

/** Says which credits are about to expire; nothing when none are. */
export async function ExpiryNotice({ userId }: { userId: string }) {
  const [first, ...others] = await readSoonExpiring(userId, DAYS)
  if (!first) return null
  const later = others.reduce((sum, { credits }) => sum + credits, 0)
  return (
    <Alert variant="warning">
      <HourglassIcon aria-hidden />
      <AlertTitle>
        {countCredits(first.credits)} will expire on {formatDate(first.expiresAt)}
      </AlertTitle>
      <AlertDescription>
        {later > 0 && <span>{`${countCredits(later)} more within ${DAYS} days. `}</span>}
        <span>Expiring credits are spent first.</span>
      </AlertDescription>
    </Alert>
  )
}
