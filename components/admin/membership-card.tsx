import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { UserState } from '@/lib/admin/user-state'
import type { Format } from '@/lib/format'
import { readFormat } from '@/lib/reader/read-reader'
import { findTier, TIER_NAMES } from '@/lib/tiers'
import { MembershipForm } from './membership-form'

/** A user's membership, and the way to change it. */
export async function MembershipCard({ user }: { user: UserState }) {
  const format = await readFormat()
  return (
    <Card>
      <CardHeader className="flex items-center justify-between">
        <CardTitle>Membership</CardTitle>
        <MembershipForm userId={user.id} />
      </CardHeader>
      <CardContent className="text-sm">{inWords(format, user)}</CardContent>
    </Card>
  )
}

function inWords(
  { formatDate }: Format,
  { membership_tier, membership_expires_at: expiresAt }: UserState,
): string {
  const tier = findTier(membership_tier)
  if (!tier) return 'None'
  if (!expiresAt) return `${TIER_NAMES[tier]}, without an end`
  const ended = Date.parse(expiresAt) <= Date.now()
  return `${TIER_NAMES[tier]}, ${ended ? 'ended' : 'until'} ${formatDate(expiresAt)}`
}
