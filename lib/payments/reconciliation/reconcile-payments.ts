import 'server-only'
import type { PaymentUpdate } from '@/lib/payments/events/payment-event'
import { recordEvent } from '@/lib/payments/events/store-event'
import type { ListedPayment, PaymentProvider, Period } from '@/lib/payments/provider'
import { PAYMENT_RANKS, rankOf } from '@/lib/payments/ranks'
import { DAY_MS } from '@/lib/time'
import {
  inBatches,
  readCheckout,
  readCustomers,
  readPayments,
  readPeriods,
  readSubscriptions,
  readSucceeded,
  readUndecided,
} from './read-records'
import type { Found, ReconcileReport, Repair } from './report'

const rank = (status: string) => rankOf(PAYMENT_RANKS, status)

/** Compares the payments of a period, and those from before it that are undecided here. */
export async function comparePayments(
  provider: PaymentProvider,
  period: Period,
  report: ReconcileReport,
): Promise<void> {
  const listed = new Set<string>()
  const payments = provider.listPayments(period)
  for await (const batch of inBatches(payments, ({ payment_id }) => payment_id)) {
    for (const { payment_id } of batch) listed.add(payment_id)
    report.checked.payments += batch.length
    await compareBatch(provider, batch, report)
    await findUnmatchedCharges(provider, batch, report)
  }
  await findUnlisted(provider, period, listed, report)
  for (const id of await readUndecided(provider.id, period.since)) {
    await compareUndecided(provider, id, report)
  }
}

async function compareBatch(
  provider: PaymentProvider,
  batch: ListedPayment[],
  report: ReconcileReport,
): Promise<void> {
  const [ours, customers, subscriptions] = await Promise.all([
    readPayments(
      provider.id,
      batch.map(({ payment_id }) => payment_id),
    ),
    readCustomers(
      provider.id,
      batch.map(({ customer_id }) => customer_id),
    ),
    readSubscriptions(
      provider.id,
      batch.flatMap(({ subscription_id }) => subscription_id ?? []),
    ),
  ])
  for (const theirs of batch) {
    const own = ours.get(theirs.payment_id)
    const isOurs = own || customers.has(theirs.customer_id) || subscriptions.has(theirs.subscription_id ?? '')
    if (!isOurs) {
      report.checked.foreign += 1
      continue
    }
    const found: Found = {
      kind: 'payment',
      id: theirs.payment_id,
      theirs: theirs.status,
      ours: own?.status ?? null,
    }
    if (!own || rank(theirs.status) > rank(own.status)) {
      await report.repair(found, () => repairPayment(provider, theirs.payment_id, found))
    } else if (own.status === 'succeeded' && theirs.status !== 'succeeded') {
      report.note(
        found,
        'We granted its credits, and what succeeded never goes back by itself. If it was not paid, take them back with an adjustment.',
      )
    }
  }
}

/** Fetches a payment whole, since lists leave out what it pays for, and applies it. */
async function repairPayment(provider: PaymentProvider, paymentId: string, found: Found): Promise<Repair> {
  const theirs = await provider.findPayment(paymentId)
  // It pays for nothing of ours: a new card being checked, for example.
  return theirs ? applyPayment(provider, theirs, found) : 'settled'
}

/** `found` then says what was applied: the payment may have moved on since it was listed. */
export async function applyPayment(
  provider: PaymentProvider,
  theirs: PaymentUpdate,
  found?: Found,
): Promise<Repair> {
  if (found) found.theirs = theirs.status
  if (theirs.status !== 'succeeded' && theirs.checkout_session_id) {
    // Of several attempts on one checkout we keep the one that came furthest.
    const attempts = await readCheckout(provider.id, theirs.checkout_session_id)
    if (attempts.some((status) => rank(status) >= rank(theirs.status))) return 'settled'
  }
  const { replayed } = await recordEvent(provider, 'reconciliation', theirs)
  return replayed ? 'settled' : 'repaired'
}

async function compareUndecided(
  provider: PaymentProvider,
  paymentId: string,
  report: ReconcileReport,
): Promise<void> {
  const found: Found = { kind: 'payment', id: paymentId, theirs: null, ours: 'processing' }
  await report.repair(found, async () => {
    const theirs = await provider.findPayment(paymentId)
    return theirs && theirs.status !== 'processing' ? applyPayment(provider, theirs, found) : 'settled'
  })
}

/** Charges of subscriptions of ours that are near no period of ours: private.link_periods_to_charges looks as far. */
async function findUnmatchedCharges(
  provider: PaymentProvider,
  batch: ListedPayment[],
  report: ReconcileReport,
): Promise<void> {
  const charges = batch.flatMap(({ payment_id, subscription_id, status, amount, charged_at }) =>
    subscription_id && status === 'succeeded' && amount > 0
      ? { id: payment_id, subscription: subscription_id, at: Date.parse(charged_at) }
      : [],
  )
  if (charges.length === 0) return
  const ours = await readSubscriptions(
    provider.id,
    charges.map(({ subscription }) => subscription),
  )
  const times = charges.map(({ at }) => at)
  const periods = await readPeriods(
    [...ours.values()].map(({ id }) => id),
    Math.min(...times) - DAY_MS,
    Math.max(...times) + DAY_MS,
  )
  for (const charge of charges) {
    const own = ours.get(charge.subscription)
    const near = periods.some(
      ({ subscription_id, period_start }) =>
        subscription_id === own?.id && Math.abs(Date.parse(period_start) - charge.at) <= DAY_MS,
    )
    if (!own || near) continue
    report.note(
      { kind: 'charge', id: charge.id, theirs: `charged ${charge.subscription}`, ours: 'no period' },
      'It paid for no period that we know of. For the difference of a plan change that is right, and nothing is due. Otherwise send its subscription.renewed webhook again from the dashboard of the payment provider, or add the credits of the period with an adjustment.',
    )
  }
}

/** What we have as paid in the period and the provider does not list. Asked for by its id before it is believed. */
async function findUnlisted(
  provider: PaymentProvider,
  period: Period,
  listed: Set<string>,
  report: ReconcileReport,
): Promise<void> {
  for await (const { provider_payment_id: id } of readSucceeded(provider.id, period)) {
    if (!id || listed.has(id)) continue
    const found = { kind: 'payment', id, theirs: null, ours: 'succeeded' } as const
    await report.repair(found, async () => {
      const theirs = await provider.findPayment(id)
      if (theirs?.status === 'succeeded') return 'settled'
      return {
        note: 'We granted its credits and the payment provider does not know it as paid. Look it up in the dashboard there; if it was not paid, take them back with an adjustment.',
      }
    })
  }
}
