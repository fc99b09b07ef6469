import { brand } from '@/lib/brand'
import { cn } from '@/lib/utils'

/** The mark, as in public/icon.svg, in the colors of the page. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn('size-6', className)}>
      <rect width="32" height="32" rx="8" className="fill-primary" />
      <path
        d={brand.mark}
        className="fill-none stroke-primary-foreground"
        strokeWidth="5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

export function Logo({ className }: { className?: string }) {
  return (
    <span
      className={cn('flex items-center gap-2.5 font-semibold text-[0.9375rem] tracking-tight', className)}
    >
      <LogoMark />
      {brand.name}
    </span>
  )
}
