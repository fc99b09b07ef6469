import 'server-only'
import { env } from '@/lib/env'
import { logger } from '@/lib/logger'
import { createAdminClient } from '@/lib/supabase/admin'
import { readBalances } from '../read-balances'
import type { WalletBalance } from '../types'
import { BalanceCache } from './balance-cache'
import { followWallets } from './follow-wallets'

/** A page must not wait for a slow Redis: the database is as near. */
const TIMEOUT_MS = 100

let opened: Promise<BalanceCache> | undefined

/** Every wallet of a user: from Redis where `REDIS_URL` is set, for display alone; else read. @throws as `readBalances` */
export async function readCachedBalances(userId: string): Promise<Record<string, WalletBalance>> {
  const cache = await findCache()
  return cache ? cache.read(userId, readBalances) : readBalances(userId)
}

/** For code that changes wallets past the database, or does not want to wait for its report. */
export const cacheService = {
  /** Drops the balances of a user from the cache, by the key `user_credits:<user id>:<credit type>`. Nothing without a cache. */
  async invalidate(key: string): Promise<void> {
    const [, userId] = /^user_credits:([^:]+)(?::[^:]+)?$/.exec(key) ?? []
    const cache = userId && (await findCache())
    if (cache) await cache.drop(userId)
  },
}

async function findCache(): Promise<BalanceCache | null> {
  const { REDIS_URL } = env()
  if (!REDIS_URL) return null
  opened ??= openCache(REDIS_URL)
  return opened
}

async function openCache(url: string): Promise<BalanceCache> {
  const { Redis } = await import('ioredis')
  const redis = new Redis(url, {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: TIMEOUT_MS,
  })
  const cache = new BalanceCache(redis)
  let hears = false
  async function begin() {
    if (!hears || redis.status !== 'ready') return
    await cache.begin().catch((error) => logger.warn('the balance cache could not begin', { error }))
  }
  redis.on('error', (error) => logger.warn('Redis cannot be reached', { error }))
  redis.on('close', () => cache.end())
  redis.on('ready', begin)
  followWallets(createAdminClient(), {
    onChange: (userId) => void cache.drop(userId),
    onHearing(now) {
      hears = now
      if (now) begin()
      else cache.end()
    },
  })
  return cache
}
