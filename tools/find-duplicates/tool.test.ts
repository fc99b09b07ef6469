import { expect, test } from 'vitest'
import { runAlone } from '@/lib/tool-runner/testing'
import { MAX_LINES } from './limits'
import { findDuplicates } from './tool'

const LIST = 'Anna Miller, Harbor Road 5\nPeter Stone, Hill 2\n\nAnna Miler, Harbor Road 5\nZoe'

test('lines that say nearly the same are found, the most alike first', async () => {
  const { found, pairs } = await runAlone(findDuplicates, { list: LIST })
  expect(found).toBe(1)
  expect(pairs).toEqual([
    { first: 'Anna Miller, Harbor Road 5', second: 'Anna Miler, Harbor Road 5', percent: expect.any(Number) },
  ])
})

test('a list is compared block by block, and every line with every other', async () => {
  const lines = Array.from({ length: 400 }, (_, number) => `${number} ${String(number * 7919).repeat(4)}`)
  const steps: number[] = []
  const list = [...lines, lines[3]].join('\n')
  const { pairs } = await runAlone(
    findDuplicates,
    { list, likeness: 'exact' },
    { progress: ({ done }) => steps.push(done) },
  )
  expect(steps).toEqual([0, 150, 300])
  expect(pairs[0]).toEqual({ first: lines[3], second: lines[3], percent: 100 })
})

test('it costs a credit for every 500 lines that say something', () => {
  const cost = (lines: number) =>
    findDuplicates.cost({ input: { list: 'a\n\n'.repeat(lines), likeness: 'close' }, tier: null })
  expect([2, 500, 501, 3_000].map(cost)).toEqual([1, 1, 2, 6])
})

test.each([
  ['nothing', {}],
  ['one line', { list: 'alone\n \n' }],
  ['too many lines', { list: 'a\n'.repeat(MAX_LINES + 1) }],
  ['too much text', { list: `${'x'.repeat(60_000)}\n${'y'.repeat(60_000)}` }],
  ['a price of the sender', { list: 'a\nb', cost: 0 }],
])('%s is refused before anything is charged', (_, input) => {
  expect(findDuplicates.input.safeParse(input).success).toBe(false)
})
