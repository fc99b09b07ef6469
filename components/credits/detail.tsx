import type { ReactNode } from 'react'
import { cn } from '@/lib/utils'

type DetailProps = { name: string; className?: string; children: ReactNode }

/** One fact of a list of facts (`dl`), under its name. */
export function Detail({ name, className, children }: DetailProps) {
  return (
    <div className={cn('grid min-w-0 gap-0.5 text-sm', className)}>
      <dt className="text-muted-foreground first-letter:uppercase">{name}</dt>
      <dd className="figures min-w-0 break-words first-letter:uppercase">{children}</dd>
    </div>
  )
}
