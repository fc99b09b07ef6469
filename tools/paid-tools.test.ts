import { expect, test, vi } from 'vitest'
import { nameUnit } from '@/lib/credit-type'
import { listPaidTools, listToolPrices } from './paid-tools'
import { listTools } from './registry'

vi.mock('server-only', () => ({}))

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)

test('every tool is among those that packages are good for, at its price', async () => {
  const listed = await listTools()
  const priced = listed.map(({ name, creditType, requiredTier, leastPrice }) => ({
    ...{ name, creditType, requiredTier, leastPrice: leastPrice('pro') },
  }))
  const paid = await listPaidTools('pro')
  expect(paid.sort(byName)).toEqual(priced.sort(byName))
})

test('the price list says of every tool what its own page says, and of members only what differs', async () => {
  const listed = await listTools()
  const told = listed.map(({ name, creditType, requiredTier, describePrice }) => ({
    ...{ name, requiredTier, price: describePrice(requiredTier, nameUnit(creditType)) },
  }))
  const prices = await listToolPrices()
  expect(prices.map(({ name, requiredTier, price }) => ({ name, requiredTier, price })).sort(byName)).toEqual(
    told.sort(byName),
  )
  for (const { price, forMembers } of prices)
    expect(forMembers.map((member) => member.price)).not.toContain(price)
})
