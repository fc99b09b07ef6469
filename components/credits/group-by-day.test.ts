import { expect, test } from 'vitest'
import { createFormat } from '@/lib/format'
import { groupByDay } from './group-by-day'

const at = (created_at: string) => ({ created_at })

test('a day is that of the reader, whatever it is in UTC', () => {
  const format = createFormat({ locale: 'en-US', timeZone: 'Asia/Kolkata' })
  const rows = [
    '2026-11-21T19:00:00Z',
    '2026-11-21T18:00:00Z',
    '2026-11-20T19:00:00Z',
    '2026-11-19T10:00:00Z',
  ]
  const groups = groupByDay(rows.map(at), format, new Date('2026-11-21T20:00:00Z'))
  expect(groups.map(({ label, entries }) => [label, entries.length])).toEqual([
    ['Today', 1],
    ['Yesterday', 2],
    ['Nov 19, 2026', 1],
  ])
})
