import { BatteryLowIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { readDebts } from '@/lib/account/read-debts'
import { readLowBalanceThresholds } from '@/lib/account/read-low-balance-thresholds'
import type { Wallet } from '@/lib/account/read-wallets'
import type { CreditType } from '@/lib/credit-type'
import { readFormat } from '@/lib/reader/read-reader'
import { NoticeLink } from './notice-link'

type LowBalanceNoticeProps = {
  userId: string
  wallet: Wallet
  type: CreditType
  /** The way to more credits. */
  action?: ReactNode
}

/**
 * Says that a wallet has fallen below what its owner wants to be told at. A wallet that was never used says nothing, nor
 * does one with a debt, which has a notice of its own.
 */
export async function LowBalanceNotice({ userId, wallet, type, action }: LowBalanceNoticeProps) {
  const [thresholds, debts, { countCredits }] = await Promise.all([
    readLowBalanceThresholds(userId),
    readDebts(userId),
    readFormat(),
  ])
  // Of several, the lowest that it has fallen below: the highest comes first.
  const threshold = thresholds.get(type.id)?.findLast((limit) => wallet.balance < limit)
  if (wallet.version === 0 || threshold === undefined) return null
  if (debts.some(({ creditType }) => creditType === type.id)) return null
  return (
    <Alert variant="warning">
      <BatteryLowIcon aria-hidden />
      <AlertTitle>
        {wallet.balance === 0
          ? `You have no ${type.unitPlural} left`
          : `Only ${countCredits(wallet.balance, type)} left`}
      </AlertTitle>
      <AlertDescription>
        <span>{`You are told when there are less than ${countCredits(threshold, type)}.`}</span>
        <span className="flex flex-wrap gap-x-5 gap-y-1">
          {action}
          <NoticeLink href="/settings">Change when</NoticeLink>
        </span>
      </AlertDescription>
    </Alert>
  )
}
