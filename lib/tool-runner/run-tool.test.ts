import { beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { creditService } from '@/lib/credits'
import { AppError, BadRequestError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import { defineTool, type Tool, type ToolRun } from './define-tool'
import { runTool } from './run-tool'

type Run = (request: ToolRun<{ text: string }>) => object | Promise<object>

const afterwards: (() => Promise<void>)[] = []
vi.mock('next/server', () => ({ after: (work: () => Promise<void>) => afterwards.push(work) }))
vi.mock('@/lib/credits', async (original) => ({
  ...(await original<typeof import('@/lib/credits')>()),
  creditService: { settle: vi.fn(), release: vi.fn() },
}))
const settle = vi.mocked(creditService.settle)
const release = vi.mocked(creditService.release)

beforeEach(() => {
  afterwards.length = 0
  settle.mockReset().mockResolvedValue({ status: 'settled', replayed: false })
  release.mockReset().mockResolvedValue({ status: 'released', replayed: false })
  const said = vi.spyOn(logger, 'error').mockImplementation(() => undefined)
  return () => said.mockRestore()
})

/** A run whose price of 5 was taken from a balance of 20, in the ledger's row 7. */
function start(run: Run, { signal = new AbortController().signal, timeoutMs = 5_000 } = {}) {
  const input = z.object({ text: z.string() })
  const tool: Tool<typeof input, object> = defineTool({
    id: 'test',
    name: 'Test',
    input,
    cost: () => 5,
    run,
    timeoutMs,
  })
  return runTool({
    tool,
    input: { text: 'x' },
    user: { id: 'user-1', email: 'user@example.test' },
    reservation: {
      ...{ transactionId: 7, runId: 9, tier: null, amount: -5, balance: 15, version: 3 },
      ...{ replayed: false, status: 'open', settledAmount: null, response: null },
    },
    signal,
    progress: () => undefined,
  })
}

const onceSent = () => Promise.all(afterwards.map((work) => work()))

describe('a run that works', () => {
  test('answers with its result and receipt, and is settled only after that', async () => {
    expect(await start(() => ({ summary: 'short' }))).toEqual({
      ...{ summary: 'short', newBalance: 15, balanceVersion: 3, creditType: 'general' },
      ...{ creditsUsed: 5, transactionId: 7, runId: 9 },
    })
    expect(settle).not.toHaveBeenCalled()
    await onceSent()
    expect(settle).toHaveBeenCalledExactlyOnceWith(7, {
      amount: 5,
      reason: undefined,
      response: { status: 200, body: expect.objectContaining({ summary: 'short', creditsUsed: 5 }) },
    })
    expect(release).not.toHaveBeenCalled()
  })

  test('for less than its price gives the rest back, which its balance has already', async () => {
    const answer = await start(({ charge }) => {
      charge(2)
      return {}
    })
    expect(answer).toMatchObject({ newBalance: 18, balanceVersion: 3, creditsUsed: 2 })
    await onceSent()
    expect(settle).toHaveBeenCalledExactlyOnceWith(
      7,
      expect.objectContaining({ amount: 2, reason: expect.any(String) }),
    )
  })

  test('may turn out to cost nothing', async () => {
    const answer = await start(({ charge }) => {
      charge(0)
      return {}
    })
    expect(answer).toMatchObject({ newBalance: 20, creditsUsed: 0 })
  })

  test('pays what it said last', async () => {
    const answer = await start(({ charge }) => {
      for (const credits of [5, 1, 3]) charge(credits)
      return {}
    })
    expect(answer).toMatchObject({ creditsUsed: 3 })
  })

  test('is settled on a later attempt when the database stumbles', async () => {
    settle.mockRejectedValueOnce(new Error('connection lost'))
    await start(() => ({}))
    await onceSent()
    expect(settle).toHaveBeenCalledTimes(2)
  })

  test('is left to come back by itself when the database stays away', async () => {
    settle.mockRejectedValue(new Error('connection lost'))
    await start(() => ({}))
    await onceSent()
    expect(settle).toHaveBeenCalledTimes(3)
    expect(release).not.toHaveBeenCalled()
  })

  test('is paid even when the database cannot keep its answer', async () => {
    settle.mockImplementation(async (_, end) => {
      if (end?.response !== undefined) throw new Error('unsupported Unicode escape sequence')
      return { status: 'settled', replayed: false }
    })
    await start(() => ({ summary: 'odd' }))
    await onceSent()
    expect(settle.mock.lastCall?.[1]).toMatchObject({ amount: 5 })
    expect(settle.mock.lastCall?.[1]?.response).toBeUndefined()
  })

  test('but has no answer that can be sent is given back', async () => {
    await start(() => ({ tooLarge: 1n }))
    await onceSent()
    expect(settle).not.toHaveBeenCalled()
    expect(release).toHaveBeenCalledExactlyOnceWith(7, { reason: expect.stringMatching(/^Given back/) })
  })

  test('is not settled again once the engine has refused', async () => {
    settle.mockRejectedValue(new AppError('hold_closed', 409, 'This hold was expired already.'))
    await start(() => ({}))
    await onceSent()
    expect(settle).toHaveBeenCalledOnce()
  })

  test('is settled in time when its answer is read too slowly, and once', async () => {
    vi.useFakeTimers()
    try {
      await start(() => ({}))
      await vi.advanceTimersByTimeAsync(20_000)
      expect(settle).toHaveBeenCalledOnce()
      await onceSent()
      expect(settle).toHaveBeenCalledOnce()
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a run that does not work gives its credits back before it answers', () => {
  test.each([-1, 6, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'when it charges %s of 5',
    async (credits) => {
      const failed = start(({ charge }) => {
        charge(credits)
        return {}
      })
      await expect(failed).rejects.toMatchObject({ code: 'tool_failed', status: 500 })
      expect(release).toHaveBeenCalledOnce()
    },
  )

  test('when it refuses: with its own words, and that nothing was charged', async () => {
    const failed = start(() => {
      throw new BadRequestError('There are no sentences in this text.', { fields: ['text'] })
    })
    const message = 'There are no sentences in this text. You were not charged.'
    await expect(failed).rejects.toMatchObject({ code: 'bad_request', status: 400, message })
    expect(release).toHaveBeenCalledExactlyOnceWith(7, {
      reason: 'Test: There are no sentences in this text.',
      response: { status: 400, body: { error: 'bad_request', message, fields: ['text'] } },
      runStatus: 'failed',
    })
  })

  test('when it throws: without a word of what', async () => {
    const failed = start(async () => {
      throw new Error('secret')
    })
    await expect(failed).rejects.toMatchObject({
      ...{ code: 'tool_failed', status: 500, message: 'The tool failed. You were not charged.' },
    })
    expect(release.mock.calls[0]?.[1]).toMatchObject({ reason: 'Test: The tool failed.' })
    expect(JSON.stringify(release.mock.calls)).not.toContain('secret')
  })

  test('when it takes too long, even if it does not listen', async () => {
    const failed = start(() => new Promise(() => undefined), { timeoutMs: 20 })
    await expect(failed).rejects.toMatchObject({ code: 'tool_timed_out', status: 504 })
    expect(release).toHaveBeenCalledOnce()
  })

  test('when the client goes away, and tells the run', async () => {
    const client = new AbortController()
    let heard = false
    const failed = start(
      ({ signal }) => {
        signal.addEventListener('abort', () => {
          heard = true
        })
        client.abort()
        return { summary: 'to nobody' }
      },
      { signal: client.signal },
    )
    await expect(failed).rejects.toMatchObject({ code: 'client_closed_request', status: 499 })
    expect(heard).toBe(true)
    expect(settle).not.toHaveBeenCalled()
  })

  test('and says so even when the hold cannot be released: it comes back by itself', async () => {
    release.mockRejectedValue(new Error('connection lost'))
    const failed = start(() => {
      throw new Error('secret')
    })
    await expect(failed).rejects.toMatchObject({ code: 'tool_failed' })
  })
})
