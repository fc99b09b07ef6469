import { LiveBalance } from '@/components/credits/live-balance'
import { readBalanceParts } from '@/lib/account/read-balance-parts'
import { readNextExpiry } from '@/lib/account/read-next-expiry'
import { readUsage } from '@/lib/account/read-usage'
import type { Wallet } from '@/lib/account/read-wallets'
import { USUAL_PERIOD, type UsagePeriod } from '@/lib/account/usage-period'
import type { CreditType } from '@/lib/credit-type'
import { readFormat } from '@/lib/reader/read-reader'
import { describeBalanceParts, describeChange, describeRunway } from './describe-usage'
import { Stat } from './stat'
import { soonest, type Upcoming, upcomingExpiry } from './upcoming'

type WalletSummaryProps = {
  userId: string
  wallet: Wallet
  type: CreditType
  period: UsagePeriod
  /** What the user's plan does to this wallet next. */
  renewal?: Upcoming | null
}

/** A wallet at a glance: how long it lasts, what is used of it, what happens to it next, and what it is made of. */
export async function WalletSummary({ userId, wallet, type, period, renewal }: WalletSummaryProps) {
  const format = await readFormat()
  const [pace, usage, parts, expiry] = await Promise.all([
    readUsage(userId, type.id, USUAL_PERIOD, format.timeZone),
    readUsage(userId, type.id, period, format.timeZone),
    readBalanceParts(userId, type.id),
    readNextExpiry(userId, wallet),
  ])
  const next = soonest(renewal, upcomingExpiry(format, expiry, type))
  return (
    <section aria-label={type.name} className="grid gap-2">
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        <Stat
          label="Balance"
          value={<LiveBalance userId={userId} creditType={type.id} />}
          note={describeRunway(format, wallet.balance, pace.averagePerDay, type)}
        />
        <Stat
          label={`Used in ${period} days`}
          value={format.formatCredits(usage.used)}
          note={describeChange(usage.used, usage.usedBefore, period)}
        />
        {next ? (
          <Stat
            label={next.label}
            value={<time dateTime={next.at}>{format.formatNearDate(next.at, new Date())}</time>}
            note={next.note}
          />
        ) : (
          <Stat label="Next expiry" value="None" note={`${type.name} you have stay yours`} />
        )}
      </dl>
      {parts && (
        <p className="figures text-muted-foreground text-xs">
          {`${format.countCredits(parts.balance, type)}: ${describeBalanceParts(format, parts)}`}
        </p>
      )}
    </section>
  )
}
