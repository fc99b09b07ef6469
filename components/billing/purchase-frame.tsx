import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import type { Purchase } from '@/lib/payments/checkout/purchase'
import { readFormat } from '@/lib/reader/read-reader'
import { cn } from '@/lib/utils'
import { describeDetails } from './describe-purchase'

type PurchaseFrameProps = {
  icon: LucideIcon
  tone: string
  title: string
  text: string
  details?: ReactNode
  children: ReactNode
}

/** One purchase, told in a card: a sign, a title, a sentence, and what to do next. */
export function PurchaseFrame({ icon: Icon, tone, title, text, details, children }: PurchaseFrameProps) {
  return (
    <Card aria-live="polite" className="mx-auto w-full max-w-lg gap-6 p-6 sm:p-8">
      <Icon aria-hidden className={cn('size-8', tone)} />
      <div className="grid gap-2">
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        <p className="text-muted-foreground">{text}</p>
      </div>
      {details}
      <div className="flex flex-wrap gap-3 empty:hidden">{children}</div>
    </Card>
  )
}

/** What was bought, and for how much. */
export async function PurchaseDetails({ purchase }: { purchase: Purchase }) {
  const format = await readFormat()
  return (
    <dl className="divide-y rounded-lg border text-sm">
      {describeDetails(format, purchase).map(([label, value]) => (
        <div key={label} className="flex justify-between gap-4 px-4 py-2.5">
          <dt className="text-muted-foreground">{label}</dt>
          <dd className="figures font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
