import { HourglassIcon } from 'lucide-react'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { readSoonExpiring } from '@/lib/account/read-soon-expiring'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { readFormat } from '@/lib/reader/read-reader'
import { countByType } from './count-by-type'
import { NoticeLink } from './notice-link'

const DAYS = 7

/** Says which credits of any wallet are about to expire; nothing when none are. */
export async function ExpiryNotice({ userId }: { userId: string }) {
  const [[first, ...others], types, format] = await Promise.all([
    readSoonExpiring(userId, DAYS),
    listCreditTypes(),
    readFormat(),
  ])
  if (!first) return null
  return (
    <Alert variant="warning">
      <HourglassIcon aria-hidden />
      <AlertTitle>
        {countByType(format, [first], types)} will expire on {format.formatDate(first.expiresAt)}
      </AlertTitle>
      <AlertDescription>
        {others.length > 0 && (
          <span>{`${countByType(format, others, types)} more within ${DAYS} days. `}</span>
        )}
        <span>Expiring credits are spent first.</span>
        <NoticeLink href="/dashboard#tools-title">Use them on a tool</NoticeLink>
      </AlertDescription>
    </Alert>
  )
}
