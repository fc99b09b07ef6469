import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { Card } from '@/components/ui/card'

type FigureCardProps = {
  label: string
  /** The figure as people read it. */
  value: string
  /** The same of the period before. */
  before: string
  /** The rows it counts. */
  href: ComponentProps<typeof Link>['href']
  /** What it is made of, where that needs words. */
  children?: ReactNode
}

/** A figure of the period against that of the one before; the whole card leads to its rows. */
export function FigureCard({ label, value, before, href, children }: FigureCardProps) {
  return (
    <Card
      role="group"
      aria-label={label}
      className="relative gap-1.5 px-5 max-sm:px-4 transition-colors hover:bg-accent/50"
    >
      <Link href={href} className="w-fit text-muted-foreground text-sm after:absolute after:inset-0">
        {label}
      </Link>
      <p className="figures wrap-anywhere font-semibold text-xl tracking-tight sm:text-2xl">{value}</p>
      <p className="figures text-muted-foreground text-sm">{`Before: ${before}`}</p>
      {children}
    </Card>
  )
}
