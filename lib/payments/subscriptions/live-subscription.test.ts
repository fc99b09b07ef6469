import { expect, test } from 'vitest'
import { chooseLive } from './live-subscription'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const going = { cancel_at_period_end: false, current_period_end: '2026-11-01T00:00:00+00:00' }
const ending = { cancel_at_period_end: true, current_period_end: '2026-12-01T00:00:00+00:00' }
const ended = { cancel_at_period_end: true, current_period_end: '2026-11-26T12:00:00+00:00' }

test('the newest subscription that has not ended counts', () => {
  expect(chooseLive([going, ending], NOW)).toBe(going)
  expect(chooseLive([ended, ending], NOW)).toBe(ending)
  expect(chooseLive([ended], NOW)).toBeNull()
  expect(chooseLive([], NOW)).toBeNull()
})

test('one that is to end goes on until then, and one without an end for as long as it lives', () => {
  expect(chooseLive([ending], NOW)).toBe(ending)
  expect(chooseLive([{ cancel_at_period_end: true, current_period_end: null }], NOW)).not.toBeNull()
})
