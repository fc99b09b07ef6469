import 'server-only'
import { z } from 'zod'
import type { RefundUpdate } from '@/lib/payments/events/payment-event'
import { recordEvent } from '@/lib/payments/events/store-event'
import type { PaymentProvider, Period } from '@/lib/payments/provider'
import { PAYMENT_REFUND_RANKS, rankOf } from '@/lib/payments/ranks'
import { callFunction } from '@/lib/supabase/call-function'
import { HOUR_MS } from '@/lib/time'
import {
  inBatches,
  readCustomers,
  readOpenRefunds,
  readPayments,
  readRefunds,
  readRefundsOf,
} from './read-records'
import { applyPayment } from './reconcile-payments'
import type { Found, ReconcileReport, Repair } from './report'

/** The provider's clock and ours may differ. */
const CLOCK_SKEW_MS = 10 * 60 * 1000

const rank = (status: string) => rankOf(PAYMENT_REFUND_RANKS, status)

const changed = z.object({ changed: z.boolean() })

/** Compares the refunds of a period, and those of ours that are undecided, however old. */
export async function compareRefunds(
  provider: PaymentProvider,
  period: Period,
  report: ReconcileReport,
): Promise<void> {
  const open = await readOpenRefunds(provider.id)
  const unanswered = open.filter(
    ({ status, created_at }) => status === 'requested' && Date.now() - Date.parse(created_at) > HOUR_MS,
  )
  const oldest = Date.parse(unanswered[0]?.created_at ?? period.since.toISOString())
  const since = new Date(Math.min(period.since.getTime(), oldest - CLOCK_SKEW_MS))
  // A request is unknown there only if everything made since was seen, up to now.
  const until = unanswered.length > 0 ? new Date(Date.now() + CLOCK_SKEW_MS) : period.until

  const listed = new Set<string>()
  const refunded = new Map<string, string[]>()
  const refunds = provider.listRefunds({ since, until })
  for await (const batch of inBatches(refunds, ({ refund_id }) => refund_id)) {
    for (const { refund_id, payment_id } of batch) {
      listed.add(refund_id)
      refunded.set(payment_id, [...(refunded.get(payment_id) ?? []), refund_id])
    }
    report.checked.refunds += batch.length
    await compareBatch(provider, batch, report)
  }
  for (const { provider_refund_id: id, status } of open) {
    if (id && !listed.has(id)) await compareUndecided(provider, { id, ours: status }, report)
  }
  for (const request of unanswered) await closeUnknown(request, refunded, report)
}

async function compareBatch(
  provider: PaymentProvider,
  batch: RefundUpdate[],
  report: ReconcileReport,
): Promise<void> {
  const [ours, payments] = await Promise.all([
    readRefunds(
      provider.id,
      batch.map(({ refund_id }) => refund_id),
    ),
    readPayments(
      provider.id,
      batch.map(({ payment_id }) => payment_id),
    ),
  ])
  for (const theirs of batch) {
    const own = ours.get(theirs.refund_id)
    if (own && rank(theirs.status) <= rank(own.status)) continue
    const found: Found = {
      kind: 'refund',
      id: theirs.refund_id,
      theirs: theirs.status,
      ours: own?.status ?? null,
    }
    const paymentIsKnown = payments.has(theirs.payment_id)
    await report.repair(found, () =>
      repairRefund(provider, found, { payment_id: theirs.payment_id, paymentIsKnown }),
    )
  }
}

/** Fetches a refund whole, since lists leave out which request of ours it answers, and applies it. */
async function repairRefund(
  provider: PaymentProvider,
  found: Found,
  { payment_id, paymentIsKnown }: { payment_id: string; paymentIsKnown: boolean },
): Promise<Repair> {
  if (!paymentIsKnown) {
    const payment = await provider.findPayment(payment_id)
    if (!payment) return 'settled'
    const customers = await readCustomers(provider.id, [payment.customer_id])
    if (!customers.has(payment.customer_id)) return 'settled'
    await applyPayment(provider, payment)
  }
  return applyRefund(provider, await provider.findRefund(found.id), found)
}

/** `found` then says what was applied: the refund may have moved on since it was listed. */
async function applyRefund(provider: PaymentProvider, theirs: RefundUpdate, found: Found): Promise<Repair> {
  found.theirs = theirs.status
  const { replayed } = await recordEvent(provider, 'reconciliation', theirs)
  return replayed ? 'settled' : 'repaired'
}

async function compareUndecided(
  provider: PaymentProvider,
  { id, ours }: { id: string; ours: string },
  report: ReconcileReport,
): Promise<void> {
  const found: Found = { kind: 'refund', id, theirs: null, ours }
  await report.repair(found, async () => {
    const theirs = await provider.findRefund(id)
    return rank(theirs.status) > rank(ours) ? applyRefund(provider, theirs, found) : 'settled'
  })
}

type Request = Awaited<ReturnType<typeof readOpenRefunds>>[number]

/** Fails a request that never reached the provider, so that it may be made again: only if its list proves that. */
async function closeUnknown(
  { id, payment_id, payments }: Request,
  refunded: Map<string, string[]>,
  report: ReconcileReport,
): Promise<void> {
  const ours = await readRefundsOf(payment_id)
  if (ours.find((row) => row.id === id)?.status !== 'requested') return
  const asked = new Set(ours.filter((row) => row.idempotency_key).map((row) => row.provider_refund_id))
  const listed = refunded.get(payments?.provider_payment_id ?? '') ?? []
  const unexplained = listed.filter((refundId) => !asked.has(refundId))
  await report.repair({ kind: 'refund_request', id, theirs: null, ours: 'requested' }, async () => {
    if (unexplained.length > 0) {
      return {
        note: `It was not answered, and ${unexplained.join(', ')} refunded the same payment without naming it. Compare the two in the dashboard of the payment provider before anything is refunded again.`,
      }
    }
    const error =
      'The payment provider never heard of this refund. Nothing was given back; it may be made again.'
    const { changed: failed } = await callFunction(
      'fail_payment_refund',
      { p_refund_id: id, p_error: error },
      changed,
    )
    return failed ? 'repaired' : 'settled'
  })
}
