import { DebtNotice } from '@/components/billing/debt-notice'
import { PlanNotice } from '@/components/billing/plan-notice'
import { ExpiryNotice } from '@/components/credits/expiry-notice'
import { LowBalanceNotice } from '@/components/credits/low-balance-notice'
import { NoticeLink } from '@/components/credits/notice-link'
import type { Wallet } from '@/lib/account/read-wallets'
import type { CreditType } from '@/lib/credit-type'

type NoticesProps = {
  userId: string
  wallet: Wallet
  type: CreditType
  /** What names the wallet in the query of a page. */
  query: { wallet?: string }
}

/** What somebody should know before anything else, the gravest first, each with what to do; nothing when all is well. */
export function Notices({ userId, wallet, type, query }: NoticesProps) {
  return (
    <div className="grid gap-3 empty:hidden">
      {/* #region payments */}
      <PlanNotice userId={userId} />
      <DebtNotice userId={userId} action={<NoticeLink href="/buy-credits">Buy credits</NoticeLink>} />
      {/* #endregion */}
      <LowBalanceNotice
        userId={userId}
        wallet={wallet}
        type={type}
        // #region payments
        action={<NoticeLink href={{ pathname: '/buy-credits', query }}>Buy {type.unitPlural}</NoticeLink>}
        // #endregion
      />
      <ExpiryNotice userId={userId} />
    </div>
  )
}
