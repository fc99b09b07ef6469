import { createClient } from '@supabase/supabase-js'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepLimitedSession } from './keep-limited-session'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const TOKEN = 'https://auth.test/auth/v1/token'

it('a rate limit at the renewal ends no session in the browser', async () => {
  const answers = vi.fn(async () => Response.json({ code: 'over_request_rate_limit' }, { status: 429 }))
  vi.stubGlobal('fetch', answers)
  const kept = new Map([
    [
      'session',
      JSON.stringify({
        access_token: 'a',
        refresh_token: 'r',
        token_type: 'bearer',
        expires_in: 1,
        expires_at: 1,
        user: {},
      }),
    ],
  ])
  const { auth } = createClient('https://auth.test', 'sb_publishable_key', {
    global: { fetch: keepLimitedSession },
    auth: {
      autoRefreshToken: false,
      storageKey: 'session',
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
        removeItem: (key) => void kept.delete(key),
      },
    },
  })
  const asked = auth.getSession()
  await vi.advanceTimersByTimeAsync(60_000)
  expect((await asked).error).not.toBeNull()
  expect(answers).toHaveBeenCalled()
  expect([...kept.keys()]).toEqual(['session'])
})

it('hands on every other answer as it is', async () => {
  for (const [address, status] of [
    [`${TOKEN}?grant_type=password`, 429],
    [`${TOKEN}?grant_type=refresh_token`, 400],
    ['https://auth.test/auth/v1/otp', 429],
  ] as const) {
    vi.stubGlobal('fetch', async () => new Response(null, { status }))
    expect((await keepLimitedSession(address)).status).toBe(status)
  }
})
