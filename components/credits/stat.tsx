import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'

type StatProps = {
  label: string
  value: ReactNode
  /** What it is made of, or compared with. */
  note: ReactNode
}

/** A number that matters, in a `dl` of some. */
export function Stat({ label, value, note }: StatProps) {
  return (
    <Card className="gap-2 px-5 max-sm:first:col-span-2">
      <dt className="text-muted-foreground text-sm">{label}</dt>
      <dd className="figures font-semibold text-2xl tracking-tight sm:text-3xl">{value}</dd>
      <dd className="text-muted-foreground text-sm">{note}</dd>
    </Card>
  )
}
