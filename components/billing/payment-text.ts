import type { Format } from '@/lib/format'
import type { PaymentState } from '@/lib/payments/checkout/read-payments'
import { DAY_MS } from '@/lib/time'

const DISPUTED = new Set(['opened', 'challenged'])
const LOST = new Set(['lost', 'accepted', 'expired'])

/** How a payment stands, in a few words, and where there is more to say, in a sentence. */
export type PaymentStatus = {
  label: string
  tone: 'good' | 'plain' | 'warning' | 'bad'
  note: string | null
}

/** What a person is told about a payment of theirs. */
export function describePayment(format: Format, payment: PaymentState, now = Date.now()): PaymentStatus {
  switch (payment.status) {
    case 'succeeded':
      return describeCharge(format, payment)
    case 'failed':
      return { label: 'Failed', tone: 'bad', note: payment.failure_reason }
    case 'cancelled':
      return { label: 'Cancelled', tone: 'plain', note: payment.failure_reason }
    case 'processing':
      return { label: 'Processing', tone: 'plain', note: 'The bank has not answered yet.' }
    default:
      return isUnfinished(payment, now)
        ? { label: 'Awaiting payment', tone: 'plain', note: null }
        : { label: 'Not completed', tone: 'plain', note: null }
  }
}

/** Whether a payment was begun within a day and can be gone on with: its checkout is opened again, not a second one. */
export function isUnfinished({ status, created_at }: PaymentState, now = Date.now()): boolean {
  return status === 'pending' && Date.parse(created_at) >= now - DAY_MS
}

function describeCharge({ formatMoney }: Format, { dispute_status, ...charge }: PaymentState): PaymentStatus {
  if (dispute_status && DISPUTED.has(dispute_status)) {
    return { label: 'Disputed', tone: 'warning', note: 'Its credits are held back until it is decided.' }
  }
  if (dispute_status && LOST.has(dispute_status)) {
    return { label: 'Charged back', tone: 'warning', note: 'Its credits were taken back.' }
  }
  if (charge.refunded_amount === 0) return { label: 'Paid', tone: 'good', note: null }
  if (charge.refunded_amount >= (charge.charged_amount ?? 0)) {
    return { label: 'Refunded', tone: 'plain', note: null }
  }
  const refunded = formatMoney(charge.refunded_amount, charge.charged_currency ?? 'USD')
  return { label: 'Partly refunded', tone: 'plain', note: `${refunded} went back.` }
}
