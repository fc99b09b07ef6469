import { GiftIcon } from 'lucide-react'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { listHeldBonuses } from '@/lib/admin/signup-bonuses'
import { readFormat } from '@/lib/reader/read-reader'
import { ReleaseBonusButton } from './release-bonus-button'

/** A sign-up bonus of this user that is held, and the way to release it; nothing when none is. */
export async function HeldBonus({ userId }: { userId: string }) {
  const { formatDate } = await readFormat()
  const [held] = await listHeldBonuses(1, userId)
  if (!held) return null
  return (
    <Alert variant="warning">
      <GiftIcon aria-hidden />
      <AlertTitle>The sign-up bonus is held</AlertTitle>
      <AlertDescription>
        <p>
          Too many accounts were confirmed from {held.network} on {formatDate(held.heldAt)}.
        </p>
        <ReleaseBonusButton userId={userId} />
      </AlertDescription>
    </Alert>
  )
}
