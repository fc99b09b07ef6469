import { formatSignedCredits } from '@/lib/format'
import { cn } from '@/lib/utils'

/** A ledger amount: green when credits came in, plain when they went out. */
export function SignedAmount({ amount, className }: { amount: number; className?: string }) {
  return (
    <span className={cn('figures font-medium', amount > 0 && 'text-primary', className)}>
      {formatSignedCredits(amount)}
    </span>
  )
}
