'use client'

import { useState } from 'react'
import { z } from 'zod'
import { parseMoney, writeMoney } from '@/lib/admin/parse-money'
import { callApi, describeError } from '@/lib/http/api-client'
import type { RefundPreview } from '@/lib/payments/refunds/refund-payment'
import type { Refusal } from './refusal-alert'
import { useAdminCall } from './use-admin-call'

type Order = { amount?: number; reason: string; preview: RefundPreview }
type Typed = { amount: string | null; reason: string }
type Payment = { userId: string; paymentId: string; refundable: number; currency: string }

const previewed: z.ZodType<RefundPreview> = z.object({
  amount: z.int(),
  currency: z.string(),
  refundable: z.int(),
  creditsTaken: z.int(),
  debt: z.int(),
})

/**
 * A refund in two steps. `review` asks what it would come to and keeps it as `order`; `confirm` sends that order, once
 * however often it is pressed. `problem` is what went wrong, for a RefusalAlert.
 */
export function useRefund({ userId, paymentId, refundable, currency }: Payment) {
  const [order, setOrder] = useState<Order | null>(null)
  const [mistake, setMistake] = useState<string | null>(null)
  const [reviewing, setReviewing] = useState(false)
  const { call, pending, refusal } = useAdminCall<{ status: string }>(userId, {
    path: '/api/admin/payments/refund',
  })

  async function review({ amount: typed, reason }: Typed): Promise<void> {
    const amount = typed === null ? undefined : parseMoney(typed, currency)
    if (amount === null) {
      return setMistake(`Write the amount in ${currency}, as ${writeMoney(refundable, currency)}.`)
    }
    setReviewing(true)
    const query = new URLSearchParams({ paymentId, ...(amount !== undefined && { amount: String(amount) }) })
    try {
      const preview = await callApi(`/api/admin/payments/refund?${query}`, { reply: previewed })
      setMistake(null)
      setOrder({ amount, reason, preview })
    } catch (error) {
      setMistake(describeError(error))
    } finally {
      setReviewing(false)
    }
  }

  async function confirm(): Promise<boolean> {
    if (!order) return false
    const { amount, reason } = order
    const answer = await call({ paymentId, reason, ...(amount !== undefined && { amount }) })
    if (!answer) return false
    setOrder(null)
    return true
  }

  const problem = order ? refusal : toRefusal(mistake)
  return { order, review, confirm, back: () => setOrder(null), pending: pending || reviewing, problem }
}

function toRefusal(mistake: string | null): Refusal | null {
  return mistake === null ? null : { title: 'Nothing was changed', text: mistake }
}
