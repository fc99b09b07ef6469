import type { ReactNode } from 'react'
import { cn } from '@/lib/utils'

/** Names and values of one thing, in two columns. */
export function DetailList({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-2 gap-x-6 gap-y-4">{children}</dl>
}

type DetailProps = {
  name: string
  /** Takes both columns on small screens: for what is long. */
  wide?: boolean
  children: ReactNode
}

/** One of them; nothing when there is no value. */
export function Detail({ name, wide = false, children }: DetailProps) {
  if (children === null || children === undefined || children === false || children === '') return null
  return (
    <div className={cn('grid min-w-0 content-start gap-0.5 text-sm', wide && 'max-sm:col-span-2')}>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="figures min-w-0 break-words">{children}</dd>
    </div>
  )
}
