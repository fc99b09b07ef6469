import { spawnSync } from 'node:child_process'
import type { SupabaseClient } from '@supabase/supabase-js'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { cacheService, creditService, readBalances } from '../../lib/credits/index.ts'
import { startRedis } from '../../packages/dev-stack/redis.ts'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { startProjectStack } from '../../scripts/stack.ts'
import { testProject } from './test-project.ts'

vi.mock('next/server', () => ({ after: vi.fn() }))

/** The clients that follow the wallets for the life of the server: here they end before the database does. */
const following = vi.hoisted((): SupabaseClient[] => [])
vi.mock(import('../../lib/credits/balance-cache/follow-wallets.ts'), async (original) => {
  const { followWallets } = await original()
  return {
    followWallets(supabase, follower) {
      following.push(supabase)
      followWallets(supabase, follower)
    },
  }
})

const isInstalled = spawnSync('redis-server', ['--version']).status === 0
const ANY_PORT = { gateway: 0, postgres: 0, mailbox: 0, sandbox: 0, smtp: 0 }
const USER = 'a0000000-0000-4000-8000-000000000002'
const KEY = `user_credits:${USER}`

describe.skipIf(!isInstalled)('balances in Redis (where Debian’s redis-server is installed)', () => {
  const undo = new AsyncDisposableStack()
  let redis: Redis
  let server: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    const directory = undo.adopt(await makeTemporaryDirectory(), (made) => made.remove())
    const stack = await startProjectStack({
      project: testProject,
      directory: directory.path,
      ports: ANY_PORT,
      appUrl: 'http://localhost:3000',
      quiet: true,
    })
    undo.defer(stack.stop)
    undo.defer(async () => {
      for (const supabase of following) await supabase.removeAllChannels()
    })
    server = undo.adopt(await startRedis(), (started) => started.stop())
    Object.assign(process.env, stack.env, { REDIS_URL: server.url })
    redis = undo.adopt(new Redis(server.url), (client) => client.disconnect())
    await isUsed()
  })
  afterAll(() => undo.disposeAsync())

  const balance = async () => (await creditService.getAllBalances(USER)).general?.balance
  const add = (amount: number) => creditService.addCredits(USER, amount, { description: 'More' })
  /** Waits until a read is kept: until the changes of the database are heard. */
  const isUsed = () =>
    vi.waitFor(async () => {
      await balance()
      expect(await redis.exists(KEY)).toBe(1)
    })
  const isDropped = () => vi.waitFor(async () => expect(await redis.exists(KEY)).toBe(0))

  beforeEach(isUsed)

  test('a second read comes from Redis, for a minute at most', async () => {
    const entry = JSON.parse((await redis.get(KEY)) ?? '')
    entry.general.balance = 4_711
    await redis.set(KEY, JSON.stringify(entry), 'KEEPTTL')
    expect(await balance()).toBe(4_711)
    const lifetime = await redis.pttl(KEY)
    expect(lifetime).toBeGreaterThan(0)
    expect(lifetime).toBeLessThanOrEqual(60_000)
    await redis.del(KEY)
  })

  test('a change of the database drops what is kept, whoever made it', async () => {
    const before = await balance()
    await add(5)
    await isDropped()
    expect(await balance()).toBe((before ?? 0) + 5)
  })

  test('a read that a change overtakes is not kept', async () => {
    await redis.del(KEY)
    const before = await redis.get(`credit_generations:${USER}`)
    await redis.set(`credit_generations:${USER}`, Number(before ?? 0) + 1)
    const script = vi.spyOn(Redis.prototype, 'mget').mockResolvedValueOnce([null, before ?? '0'])
    await balance()
    script.mockRestore()
    expect(await redis.exists(KEY)).toBe(0)
  })

  test('a charge never looks at it, nor does a check before one', async () => {
    const entry = JSON.parse((await redis.get(KEY)) ?? '')
    entry.general.balance = 1_000_000
    await redis.set(KEY, JSON.stringify(entry), 'KEEPTTL')
    expect(await creditService.hasCredits(USER, 500_000)).toBe(false)
    await expect(creditService.deductCredits(USER, 500_000)).rejects.toMatchObject({
      code: 'insufficient_credits',
    })
    await cacheService.invalidate(`${KEY}:general`)
    expect(await redis.exists(KEY)).toBe(0)
  })

  test('credits that are about to expire are kept no longer than they last', async () => {
    await redis.del(KEY)
    await creditService.addCredits(USER, 7, {
      description: 'For a moment',
      expiresAt: new Date(Date.now() + 20_000).toISOString(),
    })
    await vi.waitFor(async () => {
      await balance()
      expect(await redis.pttl(KEY)).toBeGreaterThan(0)
    })
    expect(await redis.pttl(KEY)).toBeLessThanOrEqual(20_000)
  })

  test('what makes no sense as a key, or is broken in Redis, changes nothing', async () => {
    await cacheService.invalidate('something:else')
    await redis.set(KEY, '{"general": {"balance": "many"}}')
    expect(await balance()).toBe((await readBalances(USER)).general?.balance)
  })

  test('without Redis every read goes to the database', async () => {
    await server.stop()
    const before = await balance()
    await add(3)
    expect(await balance()).toBe((before ?? 0) + 3)
  })
})
