'use client'

import { useFormat } from '@/components/reader/format-provider'
import { Skeleton } from '@/components/ui/skeleton'
import { useCreditType } from '@/lib/credit-manager'
import { nameTier } from '@/lib/tiers'
import { describeInput, describePrices, describeRun } from './describe-charge'
import { Detail } from './detail'
import { useExplanation } from './use-explanation'

type ExplanationProps = {
  transactionId: number
  creditType: string
  /** What a charge was for, where its tool says that in words: the rule and its inputs are left out then. */
  what: string | null
}

/** What made a ledger row, as a list of facts. */
export function Explanation({ transactionId, creditType, what }: ExplanationProps) {
  const format = useFormat()
  const { countCredits, formatCredits, formatDate } = format
  const unit = useCreditType(creditType)
  const { explanation, error } = useExplanation(transactionId)
  if (error) return <p className="text-destructive-soft-foreground text-sm">{error}</p>
  if (!explanation) {
    return (
      <div role="status" aria-label="Loading" className="grid gap-5">
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
      </div>
    )
  }
  const { price, grants, hold, refunded } = explanation
  const paidByGrants = grants.reduce((sum, { amount }) => sum + amount, 0)
  const neverExpiring = Math.abs(explanation.amount) - paidByGrants
  return (
    <dl className="grid gap-5">
      {price && (
        <>
          {what === null && (
            <>
              <Detail name="Price rule">{price.rule ?? 'A fixed price'}</Detail>
              {describeInput(price.input).map(([name, value]) => (
                <Detail key={name} name={name}>
                  {value}
                </Detail>
              ))}
            </>
          )}
          <Detail name="Membership">{nameTier(price.tier)}</Detail>
          <Detail name="Price">{describePrices(price.prices, unit, format)}</Detail>
        </>
      )}
      {explanation.amount < 0 && (
        <Detail name="Paid with">
          {grants.map(({ grant, amount, source, expiresAt }) => (
            <span key={grant} className="block">
              {formatCredits(amount)} of {source ?? 'credits'} until {formatDate(expiresAt)}
            </span>
          ))}
          {neverExpiring > 0 && (
            <span className="block">{countCredits(neverExpiring, unit)} without expiry</span>
          )}
        </Detail>
      )}
      {hold && <Detail name="Run">{describeRun(hold)}</Detail>}
      {refunded > 0 && <Detail name="Given back">{countCredits(refunded, unit)}</Detail>}
      {explanation.continues && <Detail name="Continues">Transaction {explanation.continues}</Detail>}
      {explanation.reverses && <Detail name="Gives back">Transaction {explanation.reverses}</Detail>}
      <Detail name="Transaction">{transactionId}</Detail>
    </dl>
  )
}
