import { expect, test } from 'vitest'
import { createRandom } from '../../../scripts/random.ts'
import { planBatch } from './plan.ts'

const SIZE = { clients: 8, perClient: 20 }

const plan = (seed: number) => planBatch(createRandom(seed), 0, SIZE, [])

test('the same seed plans the same operations for every client', () => {
  expect(plan(7)).toEqual(plan(7))
  expect(plan(8)).not.toEqual(plan(7))
})

test('a plan has every kind of operation, requests sent twice, and keys used for two requests', () => {
  const operations = plan(7).operations.flat()
  const kinds = [
    'add',
    'adjust',
    'deduct',
    'deliver',
    'join',
    'many',
    'refund',
    'release',
    'reserve',
    'return',
    'settle',
    'sweep',
  ]
  expect([...new Set(operations.map(({ kind }) => kind))].sort()).toEqual(kinds)
  const keyed = operations.filter(({ key }) => key !== null).map((operation) => JSON.stringify(operation))
  expect(new Set(keyed).size).toBeLessThan(keyed.length)
  const uses = Map.groupBy(new Set(keyed), (operation) => JSON.parse(operation).key)
  expect([...uses.values()].some((requests) => requests.length > 1)).toBe(true)
})
