import { expect, test, vi } from 'vitest'
import { listPaidTools } from './paid-tools'
import { listTools } from './registry'

vi.mock('server-only', () => ({}))

test('every tool is among those that packages are good for, at its price', async () => {
  const listed = await listTools()
  const priced = listed.map(({ name, creditType, leastPrice }) => ({
    ...{ name, creditType, leastPrice: leastPrice('pro') },
  }))
  const paid = await listPaidTools('pro')
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)
  expect(paid.sort(byName)).toEqual(priced.sort(byName))
})
