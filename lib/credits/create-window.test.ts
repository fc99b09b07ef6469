import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RefusedError } from '@/lib/supabase/refusals'
import { createWindow } from './create-window'

const sendAlone = vi.fn(async (call: number) => `alone ${call}`)
const sendTogether = vi.fn(async (calls: readonly number[]) =>
  calls.map((call) => ({ ok: true as const, result: `together ${call}` })),
)
const open = () => createWindow<number, string>({ milliseconds: 5, sendAlone, sendTogether })

beforeEach(() => {
  vi.useFakeTimers()
  sendAlone.mockClear()
  sendTogether.mockClear()
})
afterEach(() => vi.useRealTimers())

test('calls of one window travel together, later ones on their own', async () => {
  const send = open()
  const first = [send(1), send(2)]
  await vi.advanceTimersByTimeAsync(4)
  first.push(send(3))
  await vi.advanceTimersByTimeAsync(1)
  const late = send(4)
  await vi.advanceTimersByTimeAsync(5)
  expect(await Promise.all([...first, late])).toEqual(['together 1', 'together 2', 'together 3', 'alone 4'])
  expect(sendTogether).toHaveBeenCalledTimes(1)
})

test('a hundred calls wait no longer', async () => {
  const send = open()
  const answers = Promise.all(Array.from({ length: 150 }, (_, index) => send(index)))
  expect(sendTogether.mock.calls.map(([calls]) => calls.length)).toEqual([100])
  await vi.advanceTimersByTimeAsync(5)
  expect(sendTogether.mock.calls.map(([calls]) => calls.length)).toEqual([100, 50])
  expect((await answers)[149]).toBe('together 149')
})

test('a refusal is that of its caller alone', async () => {
  const error = new RefusedError('insufficient_credits', 402, 'Insufficient credits')
  sendTogether.mockResolvedValueOnce([
    { ok: true, result: 'together 1' },
    { ok: false, error },
  ] as never)
  const send = open()
  const answers = Promise.allSettled([send(1), send(2)])
  await vi.advanceTimersByTimeAsync(5)
  expect(await answers).toEqual([
    { status: 'fulfilled', value: 'together 1' },
    { status: 'rejected', reason: error },
  ])
})

test('a batch that fails is sent once more, one by one, and each caller hears of its own', async () => {
  sendTogether.mockRejectedValueOnce(new Error('The connection was lost.'))
  sendAlone.mockRejectedValueOnce(new Error('Still lost.'))
  const send = open()
  const answers = Promise.allSettled([send(1), send(2)])
  await vi.advanceTimersByTimeAsync(5)
  expect(await answers).toEqual([
    { status: 'rejected', reason: new Error('Still lost.') },
    { status: 'fulfilled', value: 'alone 2' },
  ])
})
