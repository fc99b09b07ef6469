'use client'

import { PlusCircleIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { LiveBalance } from '@/components/credits/live-balance'
import { WalletMark } from '@/components/credits/wallet-mark'
import { AccountLink } from '@/components/layout/account-link'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { walletQuery } from '@/lib/account/choose-wallet'
import type { CreditType } from '@/lib/credit-type'

type WalletMenuProps = { button: ReactElement; userId: string; types: readonly CreditType[] }

/** Every wallet with its live balance, each on the way to its transactions. */
export function WalletMenu({ button, userId, types }: WalletMenuProps) {
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{button}</DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-60">
        <DropdownMenuLabel>Your wallets</DropdownMenuLabel>
        {types.map((type) => (
          <DropdownMenuItem key={type.id} asChild>
            <AccountLink href={{ pathname: '/transactions', query: walletQuery(type, types) }}>
              <WalletMark color={type.color} />
              <span className="min-w-0 flex-1 truncate">{type.name}</span>
              <LiveBalance userId={userId} creditType={type.id} className="font-medium" />
            </AccountLink>
          </DropdownMenuItem>
        ))}
        {/* #region payments */}
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <AccountLink href="/buy-credits">
            <PlusCircleIcon aria-hidden />
            Buy credits
          </AccountLink>
        </DropdownMenuItem>
        {/* #endregion */}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
