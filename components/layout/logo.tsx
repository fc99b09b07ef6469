import { site } from '@/lib/brand'
import { cn } from '@/lib/utils'

/** The mark: an L, and the dot that says it is live. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn('size-6', className)}>
      <rect width="32" height="32" rx="8" className="fill-primary" />
      <path
        d="M9 7v18h13"
        className="fill-none stroke-primary-foreground"
        strokeWidth="4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="21" cy="11" r="3.5" className="fill-primary-foreground" />
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
