import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { UserProfile } from '@/lib/admin/read-user'
import type { Format } from '@/lib/format'
import { readFormat } from '@/lib/reader/read-reader'
import { TIER_NAMES } from '@/lib/tiers'
import { MembershipForm } from './membership-form'

/** A user's membership, and the way to change it. */
export async function MembershipCard({ user }: { user: UserProfile }) {
  const format = await readFormat()
  return (
    <Card>
      <CardHeader className="flex items-center justify-between">
        <CardTitle>Membership</CardTitle>
        <MembershipForm userId={user.id} />
      </CardHeader>
      <CardContent className="text-sm">{inWords(format, user.membership)}</CardContent>
    </Card>
  )
}

function inWords({ formatDate }: Format, membership: UserProfile['membership']): string {
  if (!membership) return 'None'
  const { tier, expiresAt, ended } = membership
  if (!expiresAt) return `${TIER_NAMES[tier]}, without an end`
  return `${TIER_NAMES[tier]}, ${ended ? 'ended' : 'until'} ${formatDate(expiresAt)}`
}
