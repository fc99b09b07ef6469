import { LiveBalance } from '@/components/credits/live-balance'
import { Stat } from '@/components/credits/stat'
import type { Wallet } from '@/lib/account/read-wallets'
import { readWalletTotals } from '@/lib/admin/read-wallet-totals'
import type { CreditType } from '@/lib/credit-type'
import { readFormat } from '@/lib/reader/read-reader'
import { describeBought, describeUsed } from './wallet-totals-text'

type WalletStatsProps = { userId: string; wallet: Wallet; type: CreditType }

/** A user's wallet in three numbers, each with what it is made of. The balance is live; the totals follow the page. */
export async function WalletStats({ userId, wallet, type }: WalletStatsProps) {
  const [format, totals] = await Promise.all([readFormat(), readWalletTotals(userId, type.id)])
  return (
    <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
      <Stat
        label="Balance"
        value={<LiveBalance userId={userId} creditType={type.id} />}
        note={`${type.name} they can spend now`}
      />
      <Stat
        label="Bought"
        value={format.formatCredits(wallet.totalPurchased)}
        note={describeBought(format, totals)}
      />
      <Stat
        label="Used"
        value={format.formatCredits(wallet.totalUsed)}
        note={describeUsed(format, { ...totals, used: wallet.totalUsed })}
      />
    </dl>
  )
}
