import type { ReactNode } from 'react'
import { cn } from '@/lib/utils'

type SectionProps = {
  id: string
  title: string
  description?: ReactNode
  children: ReactNode
  className?: string
}

/** A part of a marketing page, with its heading; `id` is where links lead. */
export function Section({ id, title, description, children, className }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className={cn('border-t', className)}>
      <div className="mx-auto grid max-w-6xl gap-10 px-4 py-16 sm:px-6 sm:py-24">
        <div className="grid max-w-2xl gap-3">
          <h2 id={`${id}-title`} className="font-semibold text-3xl tracking-tight">
            {title}
          </h2>
          {description && <p className="text-lg text-muted-foreground">{description}</p>}
        </div>
        {children}
      </div>
    </section>
  )
}
