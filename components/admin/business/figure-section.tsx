import type { ReactNode } from 'react'
import { cn } from '@/lib/utils'

type FigureSectionProps = {
  id: string
  title: string
  /** How its cards stand beside each other. */
  className: string
  children: ReactNode
}

/** Figures of one kind, under their title. */
export function FigureSection({ id, title, className, children }: FigureSectionProps) {
  return (
    <section aria-labelledby={id} className="grid gap-4">
      <h2 id={id} className="font-semibold text-lg tracking-tight">
        {title}
      </h2>
      <div className={cn('grid gap-4', className)}>{children}</div>
    </section>
  )
}
