'use client'

import { clsx } from 'clsx'
import { useFormat } from '@/components/reader/format-provider'

/** A ledger amount: green when credits came in, plain when they went out. */
export function SignedAmount({ amount, className }: { amount: number; className?: string }) {
  const { formatSignedCredits } = useFormat()
  return (
    <span className={clsx('figures font-medium', amount > 0 && 'text-primary', className)}>
      {formatSignedCredits(amount)}
    </span>
  )
}
