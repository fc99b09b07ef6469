import type { ReactNode } from 'react'
import { LiveBalance } from '@/components/credits/live-balance'
import type { Wallet } from '@/lib/account/read-wallets'
import { readFormat } from '@/lib/reader/read-reader'
import { Stat } from './stat'

type StatCardsProps = {
  userId: string
  wallet: Wallet
  /** What stands under the balance: a way to add to it, say. */
  balanceNote: ReactNode
}

/** The wallet in three numbers. The balance is live; the totals follow when the page is rendered again. */
export async function StatCards({ userId, wallet, balanceNote }: StatCardsProps) {
  const { formatCredits } = await readFormat()
  return (
    <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
      <Stat
        label="Balance"
        value={<LiveBalance userId={userId} creditType={wallet.creditType} />}
        note={balanceNote}
      />
      <Stat label="Bought" value={formatCredits(wallet.totalPurchased)} note="All time" />
      <Stat label="Used" value={formatCredits(wallet.totalUsed)} note="Net of refunds" />
    </dl>
  )
}
