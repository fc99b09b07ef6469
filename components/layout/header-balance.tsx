'use client'

import { ChevronDownIcon } from 'lucide-react'
import { useId } from 'react'
import { CountingCredits } from '@/components/credits/counting-credits'
import { LiveDot } from '@/components/credits/live-dot'
import { WalletMark } from '@/components/credits/wallet-mark'
import { AccountLink } from '@/components/layout/account-link'
import { useFormat } from '@/components/reader/format-provider'
import { OnDemand } from '@/components/ui/on-demand'
import { Skeleton } from '@/components/ui/skeleton'
import { type LiveStatus, useCreditManager, useCreditTypes, usePageWallet } from '@/lib/credit-manager'
import { unitOf } from '@/lib/format'
import { cn } from '@/lib/utils'
import { StatusTooltip } from './status-tooltip'

const loadMenu = () => import('./wallet-menu').then((module) => module.WalletMenu)

/** What is said while nothing is wrong; in every other status there is an error. */
const STATUS: Partial<Record<LiveStatus, string>> = {
  connecting: 'Connecting to live updates',
  live: 'Live: follows every change',
}

/** What stands beside the balance, in place of its unit, while it may be out of date. */
const MARKS: Partial<Record<LiveStatus, string>> = { polling: 'Delayed', offline: 'Offline' }

const FRAME =
  'flex h-8 items-center pointer-coarse:h-11 gap-2 rounded-md border bg-card px-3 font-medium text-sm shadow-xs transition-colors hover:bg-accent'

/**
 * The live balance of the wallet that this page is about. With one wallet it leads to the transactions; with several it
 * opens all of them. A screen reader hears each new value once it has settled.
 */
export function HeaderBalance({ userId, initial }: { userId: string; initial?: number }) {
  const { countCredits } = useFormat()
  const types = useCreditTypes()
  const wallet = usePageWallet()
  const { balance: known, loading, error, status } = useCreditManager(userId, wallet.id)
  const statusId = useId()
  const balance = loading && initial !== undefined ? initial : known
  const mark = MARKS[status]
  if (loading && initial === undefined) return <Skeleton className="h-8 w-28" />
  const several = types.length > 1
  const shown = (
    <>
      <LiveDot live={status === 'live' || status === 'connecting'} />
      {/* Another wallet is another number: it is not counted to from this one. */}
      <CountingCredits key={wallet.id} value={balance} data-testid="credit-balance" data-wallet={wallet.id} />
      <span
        className={cn(
          'font-normal',
          mark ? 'text-warning-soft-foreground' : 'text-muted-foreground',
          // Where there is no room the number stands alone; of several wallets the color says which.
          !mark && (several ? 'max-[26rem]:hidden' : 'max-[22rem]:hidden'),
        )}
      >
        {mark ?? unitOf(balance, wallet)}
      </span>
    </>
  )
  const frame = { 'data-status': status, 'aria-describedby': statusId, className: FRAME }
  const button = (
    <button type="button" {...frame}>
      <WalletMark color={wallet.color} />
      {shown}
      <ChevronDownIcon aria-hidden className="size-3.5 text-muted-foreground" />
    </button>
  )
  const link = (
    <AccountLink href="/transactions" {...frame}>
      {shown}
    </AccountLink>
  )
  const menu = <OnDemand kind="menu" load={loadMenu} button={button} props={{ userId, types }} />
  return (
    <>
      <StatusTooltip id={statusId} text={error ?? STATUS[status]}>
        {several ? menu : link}
      </StatusTooltip>
      <span aria-live="polite" className="sr-only">
        {`Balance: ${countCredits(balance, wallet)}`}
      </span>
    </>
  )
}
