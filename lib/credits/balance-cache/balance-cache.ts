import type { Redis } from 'ioredis'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import type { WalletBalance } from '../types'

type Balances = Record<string, WalletBalance>

const PREFIX = 'user_credits:'
/** How long an entry is used that no change has dropped. */
const TTL_MS = 60_000
/** How long a generation is remembered, which is longer than any read takes. */
const GENERATION_SECONDS = 3_600

/** Keeps what was read unless the wallets changed since the read began. */
const KEEP = `
  if (redis.call('get', KEYS[2]) or '0') == ARGV[1] then
    redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[3])
  end`

const entry = z.record(
  z.string(),
  z.object({
    balance: z.number(),
    totalPurchased: z.number(),
    totalUsed: z.number(),
    version: z.number(),
    nextExpiryAt: z.string().nullable(),
  }),
)

/**
 * Balances that were read within the last minute, for display: charges are decided by the database alone. Changes drop
 * them, so they are used only while {@link BalanceCache.begin} says that changes are heard. Without Redis every read goes
 * to the database.
 */
export class BalanceCache {
  readonly #redis: Redis
  #hearsChanges = false

  constructor(redis: Redis) {
    this.#redis = redis
  }

  /** The balances of a user: kept ones, or what `load` reads. @throws what `load` throws */
  async read(userId: string, load: (userId: string) => Promise<Balances>): Promise<Balances> {
    const kept = this.#hearsChanges ? await this.#lookUp(userId) : null
    if (kept?.balances) return kept.balances
    const balances = await load(userId)
    if (kept) await this.#keep(userId, kept.generation, balances)
    return balances
  }

  /** Drops what is kept of a user, and what is being read. */
  async drop(userId: string): Promise<void> {
    const generation = generationKey(userId)
    try {
      await this.#redis
        .multi()
        .incr(generation)
        .expire(generation, GENERATION_SECONDS)
        .del(PREFIX + userId)
        .exec()
    } catch (error) {
      // What could not be dropped must not be used: a new connection begins without entries.
      this.end()
      this.#redis.disconnect(true)
      logger.warn('a cached balance could not be dropped', { userId, error })
    }
  }

  /** From now on every change is heard. What was kept before may be old, and goes. */
  async begin(): Promise<void> {
    for await (const keys of this.#redis.scanStream({ match: `${PREFIX}*`, count: 1_000 })) {
      if (keys.length > 0) await this.#redis.unlink(keys)
    }
    this.#hearsChanges = true
  }

  /** Changes may be missed from now on, so nothing that is kept is used. */
  end(): void {
    this.#hearsChanges = false
  }

  async #lookUp(userId: string): Promise<{ balances: Balances | null; generation: string } | null> {
    try {
      const [kept, generation] = await this.#redis.mget(PREFIX + userId, generationKey(userId))
      const read = kept ? entry.safeParse(JSON.parse(kept)) : null
      return { balances: read?.success ? read.data : null, generation: generation ?? '0' }
    } catch (error) {
      logger.warn('a cached balance could not be read', { userId, error })
      return null
    }
  }

  async #keep(userId: string, generation: string, balances: Balances): Promise<void> {
    const expiries = Object.values(balances).flatMap(({ nextExpiryAt }) => nextExpiryAt ?? [])
    // Credits expire without a change of their row.
    const lifetime = Math.min(TTL_MS, ...expiries.map((timestamp) => Date.parse(timestamp) - Date.now()))
    if (lifetime < 1) return
    try {
      const keys = [PREFIX + userId, generationKey(userId)]
      await this.#redis.eval(KEEP, 2, ...keys, generation, JSON.stringify(balances), lifetime)
    } catch (error) {
      logger.warn('a balance could not be cached', { userId, error })
    }
  }
}

function generationKey(userId: string): string {
  return `credit_generations:${userId}`
}
