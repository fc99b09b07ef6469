'use client'

import { useCreditType, useCreditTypes } from '@/lib/credit-manager'
import { cn } from '@/lib/utils'
import { WalletMark } from './wallet-mark'

/** Which wallet an amount in a column is of; nothing where there is only one. */
export function WalletName({ creditType, className }: { creditType: string; className?: string }) {
  const { name, color } = useCreditType(creditType)
  if (useCreditTypes().length < 2) return null
  return (
    <span className={cn('flex items-center gap-1.5 text-muted-foreground text-xs', className)}>
      <WalletMark color={color} />
      <span>{name}</span>
    </span>
  )
}
