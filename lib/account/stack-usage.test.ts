import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stackUsage } from './stack-usage'

const names = new Map([
  ['draw', 'Draw a card'],
  ['summarize', 'Summarize a text'],
])
const entry = (day: string, action: string | null, used: number) => ({ day, action, used, count: 1 })

test('every day is there, the tools that used the most come first, over the end of a month', () => {
  const period = { firstDay: '2026-02-27', lastDay: '2026-03-02' }
  const days = [
    entry('2026-02-27', 'draw', 2),
    entry('2026-03-01', 'summarize', 5),
    entry('2026-03-01', 'draw', 1),
    entry('2026-03-02', null, 1),
  ]
  expect(stackUsage({ ...period, days }, names)).toEqual({
    tools: ['Summarize a text', 'Draw a card', 'Other'],
    days: [
      { day: '2026-02-27', used: [0, 2, 0], total: 2 },
      { day: '2026-02-28', used: [0, 0, 0], total: 0 },
      { day: '2026-03-01', used: [5, 1, 0], total: 6 },
      { day: '2026-03-02', used: [0, 0, 1], total: 1 },
    ],
  })
})

test('a tool that this product no longer has goes by its id, and what was given back whole is no tool', () => {
  const period = { firstDay: '2026-03-01', lastDay: '2026-03-01' }
  const days = [entry('2026-03-01', 'old-poems', 3), entry('2026-03-01', 'draw', 0)]
  expect(stackUsage({ ...period, days }, names)).toEqual({
    tools: ['old-poems'],
    days: [{ day: '2026-03-01', used: [3], total: 3 }],
  })
})

const amounts = fc.array(
  fc.record({
    day: fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-03'),
    action: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g')),
    used: fc.nat({ max: 9 }),
    count: fc.constant(1),
  }),
)

test('nothing is lost or told twice, however many tools there are', () => {
  fc.assert(
    fc.property(amounts, (days) => {
      const stacked = stackUsage({ firstDay: '2026-03-01', lastDay: '2026-03-03', days }, names)
      expect(stacked.tools.length).toBeLessThanOrEqual(6)
      for (const { day, total } of stacked.days) {
        const used = days.filter((told) => told.day === day).reduce((sum, told) => sum + told.used, 0)
        expect(total).toBe(used)
      }
    }),
  )
})
