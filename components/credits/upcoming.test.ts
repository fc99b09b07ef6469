import { expect, test } from 'vitest'
import { createFormat } from '@/lib/format'
import { soonest, upcomingExpiry } from './upcoming'

const format = createFormat({ locale: 'de-DE', timeZone: 'Europe/Berlin' })
const unit = { unit: 'credit', unitPlural: 'credits' }

test('the expiry of credits says how many there are, as the reader writes them', () => {
  const expiry = { credits: 1_200, expiresAt: '2026-12-03T10:00:00Z' }
  expect(upcomingExpiry(format, expiry, unit)).toEqual({
    ...{ label: 'Next expiry', at: '2026-12-03T10:00:00Z', note: '1.200 credits, unless spent before' },
  })
  expect(upcomingExpiry(format, null, unit)).toBeNull()
})

test('what comes first is told', () => {
  const expiry = { label: 'Next expiry', at: '2026-12-03T10:00:00+00:00', note: '' }
  const renewal = { label: 'Next renewal', at: '2026-12-01T10:00:00Z', note: '' }
  expect(soonest(expiry, renewal)).toBe(renewal)
  expect(soonest(expiry, null)).toBe(expiry)
  expect(soonest(undefined, null)).toBeNull()
})
