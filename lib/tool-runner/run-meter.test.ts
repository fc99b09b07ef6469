import { expect, test, vi } from 'vitest'
import { creditService, type Reservation } from '@/lib/credits'
import { RunMeter } from './run-meter'

vi.mock('@/lib/credits', () => ({ creditService: { extend: vi.fn() } }))
const extend = vi.mocked(creditService.extend)

test('who leaves while the next slice is on its way pays for nothing that was not delivered', async () => {
  const slice = Promise.withResolvers<Awaited<ReturnType<typeof extend>>>()
  extend.mockReturnValue(slice.promise)
  const client = new AbortController()
  const reservation: Reservation = {
    ...{ transactionId: 7, runId: 9, tier: null, amount: -5, balance: 15, version: 3 },
    ...{ replayed: false, status: 'open', settledAmount: null, response: null },
  }
  const meter = new RunMeter(reservation, { price: 20, slice: 5, signal: client.signal })
  const delivered: string[] = []
  meter.charge(5)
  meter.deliver(() => delivered.push('paid for'))
  for (const credits of [6, 11]) {
    meter.charge(credits)
    meter.deliver(() => delivered.push('too late'))
  }
  await vi.waitFor(() => expect(extend).toHaveBeenCalledOnce())

  client.abort()
  slice.resolve({ held: 10, balance: 10, version: 4, replayed: false })
  await meter.stop()
  expect(extend, 'no further slice is taken').toHaveBeenCalledOnce()
  expect(delivered).toEqual(['paid for'])
  expect(meter.used).toBe(5)
  expect(meter.wallet.held, 'which the end of the run gives back').toBe(10)
})
