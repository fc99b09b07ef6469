import { expect, it } from 'vitest'
import type { KeyBudget } from '@/lib/api-keys/list-api-keys'
import { everybody } from '@/lib/format'
import { describeBudget, describeScopes, toShow } from './describe-key'

const BUDGET: KeyBudget = {
  api_key_id: 1,
  credit_type: 'general',
  period: 'day',
  budget: 1500,
  used: 288,
  remaining: 1212,
  resets_at: '2026-11-28T00:00:00Z',
}

it('says what is left of a budget, and of which credits', () => {
  expect(describeBudget(everybody, BUDGET, [])).toBe('1,212 of 1,500 credits left today')
  expect(describeBudget(everybody, { ...BUDGET, period: 'total', credit_type: 'calling' }, [])).toBe(
    '1,212 of 1,500 calling credits left in total',
  )
})

it('shows the budgets of other credits once they are used', () => {
  const [unused, used] = [0, 3].map((used) => ({ ...BUDGET, credit_type: 'calling', used }))
  expect(toShow([BUDGET, unused, used].flatMap((budget) => budget ?? []))).toEqual([BUDGET, used])
})

it('names the tools of a key, also one that is gone', () => {
  const tools = [{ id: 'poem', name: 'Write a poem' }]
  expect(describeScopes(['tools:poem', 'tools:gone', 'balance:read'], tools)).toBe(
    'Write a poem, tools:gone, reads the balance',
  )
  expect(describeScopes(['tools:*'], tools)).toBe('Runs every tool')
})
