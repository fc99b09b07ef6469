import { LockIcon } from 'lucide-react'
import { AccountLink } from '@/components/layout/account-link'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { listInWords } from '@/lib/text'
import { type MembershipTier, TIER_NAMES } from '@/lib/tiers'

type ToolLockedNoticeProps = {
  tier: MembershipTier
  /** The names of the plans that open it. */
  plans: readonly string[]
}

/** Stands where the form of a tool is, for who has not the membership it takes, and leads to the plans. */
export function ToolLockedNotice({ tier, plans }: ToolLockedNoticeProps) {
  const names = listInWords(plans, 'disjunction')
  return (
    <Card>
      <EmptyState
        icon={LockIcon}
        title={`This tool comes with ${TIER_NAMES[tier]}`}
        description={
          plans.length > 0 ? `Open it with ${names}.` : 'No plan that opens it is for sale at the moment.'
        }
        // #region payments
        action={
          plans.length > 0 && (
            <Button asChild size="sm">
              <AccountLink href="/buy-credits?show=plans">See plans</AccountLink>
            </Button>
          )
        }
        // #endregion
      />
    </Card>
  )
}
