'use client'

import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import type { GiftBatch } from '@/lib/admin/gift-state'
import { useCreditTypes } from '@/lib/credit-manager'
import { findCreditType } from '@/lib/credit-type'
import { RefusalAlert } from '../refusal-alert'
import { useGiftRun } from './use-gift-run'

/** How far a batch has come, and the way to give what is still waiting. */
export function GiftRun({ prepared }: { prepared: GiftBatch }) {
  const { countCredits, formatCredits } = useFormat()
  const types = useCreditTypes()
  const { batch, pending, refusal, run } = useGiftRun(prepared)
  const { users, total, waiting, given, refused } = batch
  const people = (count: number) => `${formatCredits(count)} ${count === 1 ? 'user' : 'users'}`
  const credits = countCredits(total, findCreditType(types, batch.credit_type))
  const isNew = given + refused === 0
  return (
    <div className="grid gap-3">
      <p role="status" className="figures text-sm">
        {isNew
          ? `${people(users)} would get ${credits} in all.`
          : `${people(given)} of ${formatCredits(users)} got theirs${refused > 0 ? `, ${formatCredits(refused)} could not` : ''}.`}
      </p>
      <RefusalAlert refusal={refusal} />
      {waiting > 0 && (
        <Button onClick={run} loading={pending} className="w-fit">
          {isNew ? `Give ${credits} to ${people(users)}` : `Continue with ${people(waiting)}`}
        </Button>
      )}
    </div>
  )
}
