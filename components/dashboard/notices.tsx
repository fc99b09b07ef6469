import type { ReactNode } from 'react'
import { DebtNotice } from '@/components/billing/debt-notice'
import { PlanNotice } from '@/components/billing/plan-notice'
import { ExpiryNotice } from '@/components/credits/expiry-notice'
import { LowBalanceNotice } from '@/components/credits/low-balance-notice'
import type { Wallet } from '@/lib/account/read-wallets'
import type { CreditType } from '@/lib/credit-type'

type NoticesProps = {
  userId: string
  wallet: Wallet
  type: CreditType
  /** The way to more credits. */
  buy?: ReactNode
}

/** What somebody should know before anything else, the gravest first, each with what to do; nothing when all is well. */
export function Notices({ userId, wallet, type, buy }: NoticesProps) {
  return (
    <div className="grid gap-3 empty:hidden">
      {/* #region payments */}
      <PlanNotice userId={userId} />
      <DebtNotice userId={userId} action={buy} />
      {/* #endregion */}
      <LowBalanceNotice userId={userId} wallet={wallet} type={type} action={buy} />
      <ExpiryNotice userId={userId} />
    </div>
  )
}
