import { describe, expect, it, test } from 'vitest'
import { createFormat, EVERYBODY } from '@/lib/format'
import { describeBalanceParts, describeChange, describeRunway } from './describe-usage'

const format = createFormat(EVERYBODY)
const unit = { unit: 'image credit', unitPlural: 'image credits' }

describe('a balance', () => {
  it.each([
    [100, 8, 'Lasts about 12 days at your pace of 8 image credits a day'],
    [15, 8, 'Lasts about 1 day at your pace of 8 image credits a day'],
    [7, 8, 'Lasts less than a day at your pace of 8 image credits a day'],
    [59, 1, 'Lasts about 59 days at your pace of 1 image credit a day'],
    [60, 1, 'Lasts about 2 months at your pace of 1 image credit a day'],
    [364, 1, 'Lasts about 12 months at your pace of 1 image credit a day'],
    [365, 1, 'Lasts more than a year at your pace of 1 image credit a day'],
    [10, 0.2, 'Lasts about 50 days at your pace of less than 1 image credit a day'],
    [20_000, 1_234.5, 'Lasts about 16 days at your pace of 1,235 image credits a day'],
    [100, null, 'Nothing used in 30 days'],
    [100, 0, 'Nothing used in 30 days'],
    [0, 8, 'Nothing left to spend'],
    [0, null, 'Nothing left to spend'],
  ])('of %i at %s a day', (balance, averagePerDay, text) => {
    expect(describeRunway(format, balance, averagePerDay, unit)).toBe(text)
  })
})

it.each([
  [12, 10, '20% more than the 30 days before'],
  [5, 10, '50% less than the 30 days before'],
  [10, 10, 'As much as the 30 days before'],
  [1_001, 1_000, 'About as much as the 30 days before'],
  [500, 3, 'More than 10 times the 30 days before'],
  [4, 0, 'Nothing in the 30 days before'],
  [0, 0, 'Nothing in the 30 days before either'],
  [0, 9, '9 in the 30 days before'],
])('%i after %i', (used, before, text) => {
  expect(describeChange(used, before, 30)).toBe(text)
})

test('the parts of a balance stand in the order in which they come about, with their signs', () => {
  const parts = { expiry: -20, purchase: 2_100, signup_bonus: 100, clawback: -50, of_a_fork: 1 }
  expect(describeBalanceParts(format, { balance: 2_124, used: 7, parts })).toBe(
    '100 welcome, 2,100 bought, −50 taken back, −20 expired, 1 of_a_fork, −7 used',
  )
  expect(describeBalanceParts(format, { balance: 100, used: 0, parts: { signup_bonus: 100 } })).toBe(
    '100 welcome',
  )
})
