import { expect, test } from 'vitest'
import { everybody } from '@/lib/format'
import { describePayment } from './payment-text'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const paid = {
  status: 'succeeded',
  created_at: '2026-11-26T11:00:00Z',
  charged_amount: 2900,
  charged_currency: 'USD',
  refunded_amount: 0,
  dispute_status: null,
  failure_reason: null,
}
const labelOf = (change: Partial<typeof paid> | object) =>
  describePayment(everybody, { ...paid, ...change }, NOW).label

test('a charge is paid until money went back', () => {
  expect(labelOf({})).toBe('Paid')
  expect(describePayment(everybody, { ...paid, refunded_amount: 900 }, NOW)).toMatchObject({
    label: 'Partly refunded',
    note: '$9.00 went back.',
  })
  expect(labelOf({ refunded_amount: 2900 })).toBe('Refunded')
  // Converted back at another rate.
  expect(labelOf({ refunded_amount: 2950 })).toBe('Refunded')
})

test('a dispute is told while it is open and when it was lost, and forgotten when it was won', () => {
  expect(labelOf({ dispute_status: 'opened' })).toBe('Disputed')
  expect(labelOf({ dispute_status: 'challenged' })).toBe('Disputed')
  expect(labelOf({ dispute_status: 'lost' })).toBe('Charged back')
  expect(labelOf({ dispute_status: 'won' })).toBe('Paid')
})

test('a failure says why', () => {
  const failed = { ...paid, status: 'failed', failure_reason: 'Your card was declined.' }
  expect(describePayment(everybody, failed, NOW)).toMatchObject({
    label: 'Failed',
    note: 'Your card was declined.',
  })
})

test('a checkout that was left is called that after a day', () => {
  expect(labelOf({ status: 'pending' })).toBe('Awaiting payment')
  expect(labelOf({ status: 'pending', created_at: '2026-11-25T11:59:00Z' })).toBe('Not completed')
})
