import { site } from '@/lib/site'
import { cn } from '@/lib/utils'

/** The mark: two rows of a ledger, and the dot that says it is live. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn('size-6', className)}>
      <rect width="32" height="32" rx="8" className="fill-primary" />
      <rect x="7" y="18" width="18" height="4" rx="2" className="fill-primary-foreground" />
      <rect x="7" y="10" width="9" height="4" rx="2" className="fill-primary-foreground" opacity="0.7" />
      <circle cx="23" cy="12" r="2.5" className="fill-primary-foreground" />
    </svg>
  )
}

export function Logo({ className }: { className?: string }) {
  return (
    <span
      className={cn('flex items-center gap-2.5 font-semibold text-[0.9375rem] tracking-tight', className)}
    >
      <LogoMark />
      {site.name}
    </span>
  )
}
