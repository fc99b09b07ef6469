'use client'

import { useState } from 'react'
import { z } from 'zod'
import { parseMoney, writeMoney } from '@/lib/admin/parse-money'
import { callApi, describeError } from '@/lib/http/api-client'
import type { RefundPreview } from '@/lib/payments/refunds/refund-payment'
import { useAdminCall } from './use-admin-call'

type Order = { amount?: number; reason: string; preview: RefundPreview }
type Typed = { amount: string | null; reason: string }
type Payment = { userId: string; paymentId: string; refundable: number; currency: string }

/** After these, nobody can say yet that nothing was changed. */
const UNCERTAIN = new Set(['refund_unanswered', 'refund_not_applied'])

/**
 * A refund in two steps. `review` asks what it would come to and keeps it as `order`; `confirm` sends that order, once
 * however often it is pressed. `problem` is what went wrong, for a RefusalAlert.
 */
export function useRefund({ userId, paymentId, refundable, currency }: Payment) {
  const [order, setOrder] = useState<Order | null>(null)
  const [mistake, setMistake] = useState<string | null>(null)
  const [reviewing, setReviewing] = useState(false)
  const { call, pending, refusal, code } = useAdminCall<{ status: string }>(userId, {
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
      const reply = z.custom<RefundPreview>()
      const preview = await callApi(`/api/admin/payments/refund?${query}`, { reply })
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

  const problem = order
    ? { refusal, title: code && UNCERTAIN.has(code) ? 'Not certain yet' : undefined }
    : { refusal: mistake }
  return { order, review, confirm, back: () => setOrder(null), pending: pending || reviewing, problem }
}
