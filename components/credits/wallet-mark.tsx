import type { CreditColor } from '@/lib/credit-type'
import { cn } from '@/lib/utils'

const COLORS: Record<CreditColor, string> = {
  brand: 'bg-primary',
  blue: 'bg-sky-500',
  violet: 'bg-violet-500',
  pink: 'bg-pink-500',
  orange: 'bg-orange-500',
  teal: 'bg-teal-500',
}

/** The color of a wallet, beside its name. */
export function WalletMark({ color, className }: { color: CreditColor; className?: string }) {
  return <span aria-hidden className={cn('size-2 shrink-0 rounded-[3px]', COLORS[color], className)} />
}
