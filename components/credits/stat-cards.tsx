import type { ReactNode } from 'react'
import { LiveBalance } from '@/components/credits/live-balance'
import { Card } from '@/components/ui/card'
import type { Wallet } from '@/lib/account/read-wallets'
import { formatCredits } from '@/lib/format'

function Stat({ label, value, note }: { label: string; value: ReactNode; note: ReactNode }) {
  return (
    <Card className="gap-2 px-5 max-sm:first:col-span-2">
      <dt className="text-muted-foreground text-sm">{label}</dt>
      <dd className="figures font-semibold text-3xl tracking-tight">{value}</dd>
      <dd className="text-muted-foreground text-sm">{note}</dd>
    </Card>
  )
}

type StatCardsProps = {
  userId: string
  wallet: Wallet
  /** What stands under the balance: a way to add to it, say. */
  balanceNote: ReactNode
}

/** The wallet in three numbers. The balance is live; the totals follow when the page is rendered again. */
export function StatCards({ userId, wallet, balanceNote }: StatCardsProps) {
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
