import { clsx } from 'clsx'
import { brand } from '@/lib/brand'

/** The mark, as in public/icon.svg, in the colors of the page. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className ?? 'size-6'}>
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
      className={clsx(
        'flex items-center gap-2.5 font-semibold tracking-tight',
        className ?? 'text-[0.9375rem]',
      )}
    >
      <LogoMark />
      {brand.name}
    </span>
  )
}
