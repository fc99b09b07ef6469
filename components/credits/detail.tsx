import type { ReactNode } from 'react'

/** One fact of a list of facts (`dl`), under its name. */
export function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5 text-sm">
      <dt className="text-muted-foreground first-letter:uppercase">{name}</dt>
      <dd className="figures min-w-0 break-words first-letter:uppercase">{children}</dd>
    </div>
  )
}
