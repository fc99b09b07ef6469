import { beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { creditService, InsufficientCreditsError, type Reservation } from '@/lib/credits'
import { defineTool } from './define-tool'
import { reserveForRun } from './reserve-for-run'

vi.mock('@/lib/credits', async (original) => ({
  ...(await original<typeof import('@/lib/credits')>()),
  creditService: { reserve: vi.fn() },
}))
const reserve = vi.mocked(creditService.reserve)

const open: Reservation = {
  ...{ transactionId: 7, runId: 5, tier: null, amount: -4, balance: 16, version: 3 },
  ...{ replayed: false, status: 'open', settledAmount: null, response: null },
}
beforeEach(() => {
  reserve.mockReset().mockResolvedValue(open)
})

const tool = defineTool({
  id: 'poster',
  name: 'Draw a poster',
  input: z.strictObject({ size: z.int() }),
  cost: ({ input, tier }) => (tier === 'enterprise' ? 1 : input.size * (tier === 'pro' ? 1 : 2)),
  explain: ({ size }) => ({ rule: '2 per size, half for pro', input: { size } }),
  creditType: 'drawing',
  requiredTier: 'pro',
  rateLimit: { requests: 5, perSeconds: 60 },
  timeoutMs: 10_000,
  run: () => ({}),
})
const user = { id: 'user-1', email: 'user@example.test', internal: 'test' }
const ask = (size = 2, key: string | null = null) => reserveForRun(tool, { user, input: { size }, key })

describe('one call reserves the run', () => {
  test('at the price of every tier, in the wallet, tier and rate of the tool, longer than it may take', async () => {
    expect(await ask()).toEqual({ reservation: open })
    expect(reserve).toHaveBeenCalledExactlyOnceWith('user-1', {
      caller: user,
      action: 'poster',
      description: 'Draw a poster',
      prices: { default: 4, pro: 2, enterprise: 1 },
      holdMs: 40_000,
      creditType: 'drawing',
      requiredTier: 'pro',
      rateLimit: { requests: 5, perSeconds: 60 },
      idempotencyKey: undefined,
      requestHash: undefined,
      metadata: { rule: '2 per size, half for pro', input: { size: 2 } },
      input: { size: 2 },
      run: { fullInput: null, retentionSeconds: 86_400 },
    })
  })

  test('and hands on what the engine refuses', async () => {
    reserve.mockRejectedValue(new InsufficientCreditsError(1, 4, 'general'))
    await expect(ask()).rejects.toMatchObject({ status: 402, code: 'insufficient_credits' })
  })
})

describe('a key', () => {
  const sent = async (size: number, key: string) => {
    reserve.mockClear()
    await ask(size, key)
    return reserve.mock.calls[0]?.[1]
  }

  test('stands for the tool and the input', async () => {
    const first = await sent(2, 'k1')
    expect(first?.idempotencyKey).toBe('tool:poster:k1')
    expect(first?.requestHash).toMatch(/^[0-9a-f]{64}$/)
    expect((await sent(2, 'k2'))?.requestHash).toBe(first?.requestHash)
    expect((await sent(3, 'k1'))?.requestHash).not.toBe(first?.requestHash)
  })

  test('of a run that still goes on is a 409', async () => {
    reserve.mockResolvedValue({ ...open, replayed: true })
    await expect(ask(2, 'k1')).rejects.toMatchObject({ status: 409, code: 'still_running' })
  })

  test('of a run that ended gets its answer', async () => {
    const response = { status: 200, body: { picture: 'data:' } }
    reserve.mockResolvedValue({ ...open, replayed: true, status: 'settled', settledAmount: 4, response })
    const answered = await ask(2, 'k1')
    if (!('replay' in answered)) throw new Error('It was reserved again.')
    expect(await answered.replay.json()).toEqual({ picture: 'data:' })
  })
})
