import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createClient } from '@supabase/supabase-js'
import { Redis } from 'ioredis'
import postgres from 'postgres'
import { startRedis } from '../../dev-stack/redis.ts'
import { makeTemporaryDirectory } from '../../dev-stack/temporary-directory.ts'
import { median, printTable, quantile } from './statistics.ts'
import { startBenchDatabase, WALLETS, walletOwner } from './wallets.ts'

const ROUNDS = 5
const ROUND_MS = 2_000

type Read = (userId: string) => PromiseLike<unknown>
/** How long each took, in ms. */
type Run = (clients: number, forMs: number) => Promise<number[]>
type Round = { perSecond: number; p50: number; p99: number }

/**
 * What reading a balance costs: through the Data API, by the index, as the product does; over a connection of Postgres; from
 * the process's own memory; and from Redis. By 1 and 16 clients of one process, in interleaved rounds.
 */
export async function benchBalanceCache(): Promise<void> {
  await using undo = new AsyncDisposableStack()
  const redisServer = await startRedis()
  undo.defer(redisServer.stop)
  const database = await startBenchDatabase()
  undo.defer(database.stop)
  const readDataApi = await openDataApi(database.apiUrl, undo)
  const sql = postgres(database.ownerUrl, { max: 16, onnotice: () => {} })
  undo.defer(() => sql.end())
  const redis = new Redis(redisServer.url)
  undo.defer(() => redis.disconnect())
  const memory = new Map<string, string>()
  for (let index = 1; index <= WALLETS; index++) {
    const value = JSON.stringify([{ credit_type: 'general', balance: 1_000_000_000, version: 1 }])
    memory.set(walletOwner(index), value)
    await redis.set(walletOwner(index), value)
  }
  const reads: [name: string, read: Read][] = [
    ['the Data API, by the index', readDataApi],
    [
      'Postgres, by the index',
      (userId) => sql`select credit_type, balance, version from credits where user_id = ${userId}`,
    ],
    ['Redis', async (userId) => JSON.parse((await redis.get(userId)) ?? '')],
    ['the memory of the process', async (userId) => JSON.parse(memory.get(userId) ?? '')],
  ]
  await compare(reads.map(([name, read]) => [name, repeat(read)]))
}

/** Prints what each way does by 1 and by 16 clients. */
async function compare(ways: [name: string, run: Run][]): Promise<void> {
  for (const clients of [1, 16]) {
    const rounds = ways.map((): Round[] => [])
    // The first round warms up.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [index, [, run]] of ways.entries()) {
        const samples = await run(clients, ROUND_MS)
        if (round === 0) continue
        const perSecond = samples.length / (ROUND_MS / 1_000)
        rounds[index]?.push({ perSecond, p50: quantile(samples, 0.5), p99: quantile(samples, 0.99) })
      }
    }
    printTable(
      [`${clients} client${clients === 1 ? '' : 's'}`, 'reads a second', 'p50 ms', 'p99 ms'],
      ways.map(([name], index) => {
        const of = (field: keyof Round) => median((rounds[index] ?? []).map((round) => round[field]))
        return [name, of('perSecond').toFixed(0), of('p50').toFixed(3), of('p99').toFixed(3)]
      }),
    )
    console.log()
  }
}

/** A Data API in a process of its own, and what the product asks it for a balance. */
async function openDataApi(apiUrl: string, undo: AsyncDisposableStack): Promise<Read> {
  const directory = undo.adopt(await makeTemporaryDirectory(), (made) => made.remove())
  const script = new URL('../../../supabase/tests/data-api-process.ts', import.meta.url)
  const served = fork(script, [apiUrl, directory.path])
  undo.defer(() => void served.kill())
  const [env] = await once(served, 'message')
  const supabase = createClient(env.NEXT_PUBLIC_SUPABASE_URL, env.SUPABASE_SECRET_KEY)
  return async (userId) => {
    const { data, error } = await supabase
      .from('credits')
      .select('credit_type, balance, total_purchased, total_used, version, next_expiry_at')
      .eq('user_id', userId)
    if (error) throw new Error(error.message)
    return data
  }
}

/** Reads random wallets again and again. */
function repeat(read: Read): Run {
  return async (clients, forMs) => {
    const samples: number[] = []
    const start = performance.now()
    async function client() {
      for (let count = 0; performance.now() - start < forMs; count++) {
        const userId = walletOwner(1 + Math.floor(Math.random() * WALLETS))
        const before = performance.now()
        await read(userId)
        samples.push(performance.now() - before)
        // Reads that wait for nothing would let no other client have its turn.
        if (count % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
    }
    await Promise.all(Array.from({ length: clients }, client))
    return samples
  }
}
