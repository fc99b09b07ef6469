import type { Payment, Records } from './records.ts'
import type { Report } from './world.ts'

/** A payment grants once, and as much is taken back as refunds and disputes ask for. */
export function checkPayments(records: Records, report: Report): void {
  const grants = records.ledger.filter(
    ({ type, reference_type }) => type === 'purchase' && reference_type === 'payment',
  )
  for (const payment of records.payments.filter(({ status }) => status === 'succeeded')) {
    const rows = grants.filter(({ reference_id }) => reference_id === payment.provider_payment_id)
    const [row] = rows
    if (rows.length !== 1 || row?.id !== payment.transaction_id || row?.amount !== payment.credits) {
      report('a payment grants its credits once', { payment, rows })
    }
  }
  for (const row of grants) {
    const payments = records.payments.filter(({ transaction_id }) => transaction_id === row.id)
    if (payments.length !== 1) report('a grant of a payment has its payment', { row, payments })
  }
  for (const payment of records.payments) checkReturns(records, payment, report)
}

function checkReturns(records: Records, payment: Payment, report: Report): void {
  const { id, charged_amount, credits, transaction_id } = payment
  if (transaction_id === null) return
  const refunds = records.refunds.filter(
    (refund) => refund.payment_id === id && refund.status === 'succeeded',
  )
  const disputes = records.disputes.filter((dispute) => dispute.payment_id === id && dispute.status !== 'won')
  const back = [...refunds, ...disputes].reduce((total, { amount }) => total + amount, 0)
  const share = refunds.some(({ whole }) => whole) ? 1 : Math.min(1, back / (charged_amount ?? back))
  const taken = records.ledger
    .filter(({ reverses, type }) => reverses === transaction_id && type.startsWith('clawback'))
    .reduce((total, { amount, debt_change }) => total + (debt_change ?? 0) - amount, 0)
  if (taken !== Math.floor(credits * share)) {
    report('as much is taken back as the money says', { payment, refunds, disputes, taken })
  }
}
