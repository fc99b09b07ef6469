import { expect, test } from 'vitest'
import { nameUnit } from '@/lib/credit-type'
import { everybody } from '@/lib/format'
import { creditsInWords, membershipInWords, trialInWords, unusedInWords } from './plan-text'

const plan = {
  credits: 500,
  type: nameUnit('general'),
  interval: 'month',
  unusedCredits: 'roll_over',
  tier: 'pro',
} as const

test('a plan says what it brings, how often, and what becomes of the rest', () => {
  expect(creditsInWords(everybody, plan)).toBe('500 credits every month')
  expect(unusedInWords(plan)).toBe('roll over to the next month')
  expect(unusedInWords({ ...plan, interval: 'year', unusedCredits: 'expire' })).toBe(
    'expire when the year ends',
  )
})

test('a membership is named where a plan carries one', () => {
  expect(membershipInWords(plan)).toBe('Pro membership')
  expect(membershipInWords({ ...plan, tier: null })).toBeNull()
})

test('a trial is told of where there is one', () => {
  expect([0, 1, 14].map((trialDays) => trialInWords({ trialDays }))).toEqual([
    null,
    'First day free with your first plan',
    'First 14 days free with your first plan',
  ])
})
