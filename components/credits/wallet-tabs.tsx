import { AccountLink } from '@/components/layout/account-link'
import { walletQuery } from '@/lib/account/choose-wallet'
import type { CreditType } from '@/lib/credit-type'
import { cn } from '@/lib/utils'
import { LiveBalance } from './live-balance'
import { WalletMark } from './wallet-mark'

type WalletTabsProps = {
  userId: string
  types: readonly CreditType[]
  current: CreditType
  /** The page these are on, which takes `wallet` in its query. */
  pathname: string
  /** What else is in its query, and stays. */
  query?: Record<string, string>
}

/** Every wallet with its live balance, as links that show the page for that one; nothing where there is only one. */
export function WalletTabs({ userId, types, current, pathname, query }: WalletTabsProps) {
  if (types.length < 2) return null
  return (
    <nav aria-label="Wallets">
      <ul className="flex flex-wrap gap-2">
        {types.map((type) => (
          <li key={type.id}>
            <AccountLink
              href={{ pathname, query: { ...query, ...walletQuery(type, types) } }}
              aria-current={type.id === current.id ? 'true' : undefined}
              className={cn(
                'flex h-9 pointer-coarse:h-11 items-center gap-2 rounded-md border bg-card px-3 text-muted-foreground text-sm transition-colors hover:bg-accent hover:text-foreground',
                type.id === current.id && 'border-primary text-foreground ring-1 ring-primary',
              )}
            >
              <WalletMark color={type.color} />
              <span className="font-medium">{type.name}</span>
              <LiveBalance userId={userId} creditType={type.id} />
            </AccountLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
