import { randomInt } from 'node:crypto'
import { expect, inject, test } from 'vitest'
import { startCluster } from '../../../supabase/tests/cluster.ts'
import { LOCK_MUTANT, MUTANTS } from './mutants.ts'
import { runMutant, withMutant } from './run-mutant.ts'
import { storm } from './storm.ts'

const SIZE = { clients: 12, perClient: 15 }
const LIMIT_MS = 120_000

test(
  'every rule holds through a storm of requests, cut connections and a Postgres killed in the middle',
  async () => {
    const seed = randomInt(1, 1_000_000)
    const cluster = await startCluster()
    try {
      const { counts, failure } = await storm(cluster, { ...SIZE, seed, batches: 5, kills: 1 })
      expect(failure, `npm run chaos -- --seed ${seed} looks closer`).toBeUndefined()
      expect(counts.get('Postgres killed')).toBe(1)
    } finally {
      await cluster.stop()
    }
  },
  LIMIT_MS,
)

test(
  'the same storm finds out an engine that does not lock its wallets',
  async () => {
    const { failure } = await runMutant(inject('testServer'), LOCK_MUTANT, { ...SIZE, seed: 1, batches: 5 })
    expect(failure?.violations.length).toBeGreaterThan(0)
  },
  LIMIT_MS,
)

test.each(MUTANTS)('a mutant still finds what it takes out: $name', async (mutant) => {
  await withMutant(inject('testServer'), mutant, async () => undefined)
})
