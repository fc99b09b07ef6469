import type { ReactNode } from 'react'

/** Names and values of one thing, two columns where there is room. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-2">{children}</dl>
}

type FactProps = { name: string; children: ReactNode }

/** One of them; nothing when there is no value. */
export function Fact({ name, children }: FactProps) {
  if (children === null || children === undefined || children === false || children === '') return null
  return (
    <div className="grid min-w-0 gap-0.5 text-sm">
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="figures min-w-0 break-words">{children}</dd>
    </div>
  )
}
