import 'server-only'
import { z } from 'zod'
import type { AdminTable } from '@/lib/supabase/live/channel-of'
import { createClient } from '@/lib/supabase/server'
import { escapePattern } from './escape-pattern'
import { endOfDay, startOfDay } from './filters'
import { type Page, readPage } from './keyset'
import { isOfCharges, PAYMENT_STATUSES, type PaymentFilter } from './payment-filter'

/** What pages of payments follow: an admin's payment is shown from all of these. */
export const PAYMENT_TABLES = [
  'payments',
  'payment_refunds',
  'payment_disputes',
  'subscriptions',
] as const satisfies readonly AdminTable[]

const row = z.object({
  id: z.string(),
  created_at: z.string(),
  user_id: z.string(),
  email: z.string(),
  package_name: z.string(),
  kind: z.enum(['one_time', 'subscription']),
  state: z.string(),
  refund_pending: z.boolean(),
  amount: z.int(),
  currency: z.string(),
  refunded_amount: z.int(),
  credit_type: z.string(),
  credits_granted: z.int(),
  credits_taken_back: z.int(),
})

/** A payment as lists show it: money in minor units of `currency`, credits whole. */
export type PaymentSummary = z.output<typeof row>

const COLUMNS = row.keyof().options.join(', ')

/** One page of payments, newest first, as the caller may see them; of everybody by default. Throws when it cannot. */
export async function listPayments(filter: PaymentFilter, userId?: string): Promise<Page<PaymentSummary>> {
  const supabase = await createClient()
  const query = () => {
    let payments = supabase.from('payment_overview').select(COLUMNS)
    if (userId) payments = payments.eq('user_id', userId)
    if (filter.q) payments = payments.ilike('search_text', `%${escapePattern(filter.q)}%`)
    const states = filter.status && PAYMENT_STATUSES[filter.status].states
    if (states) payments = payments.in('state', [...states])
    if (filter.status === 'refund_pending') payments = payments.eq('refund_pending', true)
    if (filter.kind) payments = payments.eq('kind', filter.kind)
    if (filter.package) payments = payments.eq('package_id', filter.package)
    const isCharged = isOfCharges(filter.status)
    if (isCharged) payments = payments.eq('status', 'succeeded').gt('amount', 0)
    if (filter.status === 'charged_refunded') payments = payments.gt('refunded_amount', 0)
    if (filter.status === 'charged_disputed') payments = payments.eq('was_disputed', true)
    const day = isCharged ? 'charged_at' : 'created_at'
    if (filter.from) payments = payments.gte(day, startOfDay(filter.from))
    if (filter.to) payments = payments.lt(day, endOfDay(filter.to))
    return payments
  }
  return readPage({
    name: 'payments',
    query,
    row,
    by: 'created_at',
    tieBreaker: 'id',
    cursorOf: ({ created_at, id }) => [created_at, id],
    position: filter,
  })
}

/** One payment as lists show it. Throws when there is none, or when it cannot be read. */
export async function readPaymentSummary(id: string): Promise<PaymentSummary> {
  const supabase = await createClient()
  const { data, error } = await supabase.from('payment_overview').select(COLUMNS).eq('id', id).single()
  if (error) throw new Error(`The payment could not be read: ${error.message}`, { cause: error })
  return row.parse(data)
}
