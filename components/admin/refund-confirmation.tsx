import { useEffect, useRef } from 'react'
import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import { useCreditType } from '@/lib/credit-manager'
import type { RefundPreview } from '@/lib/payments/refunds/refund-payment'
import { type Refusal, RefusalAlert } from './refusal-alert'

type RefundConfirmationProps = {
  preview: RefundPreview
  /** The wallet that the payment paid into. */
  creditType: string
  email: string
  problem: Refusal | null
  pending: boolean
  onConfirm: () => void
  onBack: () => void
}

/** What a refund does, in numbers, before it is done. */
export function RefundConfirmation({
  preview: { amount, currency, creditsTaken, debt },
  creditType,
  email,
  problem,
  pending,
  onConfirm,
  onBack,
}: RefundConfirmationProps) {
  const { countCredits, formatMoney } = useFormat()
  const region = useRef<HTMLElement>(null)
  // The button that led here is gone.
  useEffect(() => region.current?.focus(), [])
  const money = formatMoney(amount, currency)
  const unit = useCreditType(creditType)
  return (
    <section
      ref={region}
      tabIndex={-1}
      aria-label="Confirm the refund"
      className="grid gap-4 text-sm outline-none"
    >
      <p className="break-words">
        <strong className="figures font-semibold">{money}</strong> goes back to {email}.
      </p>
      <dl className="figures grid gap-2 rounded-lg border bg-muted/50 px-4 py-3">
        <div className="flex justify-between gap-4">
          <dt className="text-muted-foreground">Taken back</dt>
          <dd className="font-medium">{countCredits(creditsTaken, unit)}</dd>
        </div>
        <div className="flex justify-between gap-4">
          <dt className="text-muted-foreground">Already spent (becomes debt)</dt>
          <dd className="font-medium">{countCredits(debt, unit)}</dd>
        </div>
      </dl>
      <p className="text-muted-foreground">
        {debt > 0
          ? 'As the balance stands now. A debt is repaid by the next credits that come in.'
          : 'As the balance stands now: what is spent until the money went becomes debt.'}
      </p>
      <RefusalAlert refusal={problem} />
      <div className="flex flex-wrap gap-2">
        <Button variant="destructive" loading={pending} onClick={onConfirm}>
          Refund {money}
        </Button>
        <Button variant="ghost" aria-disabled={pending} onClick={pending ? undefined : onBack}>
          Back
        </Button>
      </div>
    </section>
  )
}
