'use client'

import Link from 'next/link'
import { CountingCredits } from '@/components/credits/counting-credits'
import { LiveDot } from '@/components/credits/live-dot'
import { Skeleton } from '@/components/ui/skeleton'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import { type LiveStatus, useCreditManager } from '@/lib/credit-manager'
import { countCredits } from '@/lib/format'
import { cn } from '@/lib/utils'

/** What is said while nothing is wrong; in every other status there is an error. */
const STATUS: Partial<Record<LiveStatus, string>> = {
  connecting: 'Connecting to live updates',
  live: 'Live: follows every change',
}

/** What stands beside the balance, in place of its unit, while it may be out of date. */
const MARKS: Partial<Record<LiveStatus, string>> = { polling: 'Delayed', offline: 'Offline' }

/** The live balance, on the way to the transactions. A screen reader hears each new value once it has settled. */
export function HeaderBalance({ userId }: { userId: string }) {
  const { balance, loading, error, status } = useCreditManager(userId)
  const mark = MARKS[status]
  if (loading) return <Skeleton className="h-8 w-28" />
  return (
    <>
      <Tooltip>
        <TooltipTrigger asChild>
          <Link
            href="/transactions"
            data-status={status}
            className="flex h-8 items-center gap-2 rounded-md border bg-card px-3 font-medium text-sm shadow-xs transition-colors hover:bg-accent"
          >
            <LiveDot live={status === 'live' || status === 'connecting'} />
            <CountingCredits value={balance} data-testid="credit-balance" />
            <span
              className={cn('font-normal', mark ? 'text-warning-soft-foreground' : 'text-muted-foreground')}
            >
              {mark ?? 'credits'}
            </span>
          </Link>
        </TooltipTrigger>
        <TooltipContent>{error ?? STATUS[status]}</TooltipContent>
      </Tooltip>
      <span aria-live="polite" className="sr-only">
        {`Balance: ${countCredits(balance)}`}
      </span>
    </>
  )
}
