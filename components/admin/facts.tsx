import type { ReactNode } from 'react'
import { cn } from '@/lib/utils'

/** Names and values of one thing, in two columns. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-2 gap-x-6 gap-y-4">{children}</dl>
}

type FactProps = {
  name: string
  /** Takes both columns on small screens: for what is long. */
  wide?: boolean
  children: ReactNode
}

/** One of them; nothing when there is no value. */
export function Fact({ name, wide = false, children }: FactProps) {
  if (children === null || children === undefined || children === false || children === '') return null
  return (
    <div className={cn('grid min-w-0 content-start gap-0.5 text-sm', wide && 'max-sm:col-span-2')}>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="figures min-w-0 break-words">{children}</dd>
    </div>
  )
}
