import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../scripts/random.ts'
import {
  type Batch,
  createPeople,
  disturb,
  planBatch,
  readRecords,
  sendOneByOne,
  sendTogether,
  withPlaces,
} from './batch-world.ts'
import { type Engine, openEngine } from './engine.ts'

/** `BATCH_RUNS=200` looks further, from the seed `BATCH_SEED` on. */
const RUNS = Number(process.env.BATCH_RUNS ?? 12)
const FIRST_SEED = Number(process.env.BATCH_SEED ?? 1)
const BATCHES = 8

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
  await engine.owner`insert into credit_types (id, name) values ('minutes', 'Minutes')`
})
afterEach(async () => {
  // The debts of the random story come from nowhere.
  const broken = await engine.owner`select * from verify_ledger() where invariant not like 'debt%'`
  expect([...broken]).toEqual([])
})
afterAll(() => engine.close())

test.each(Array.from({ length: RUNS }, (_, index) => FIRST_SEED + index))(
  'batches answer and write what the same entries do one by one (seed %i)',
  async (seed) => {
    const random = createRandom(seed)
    const teams = [await createPeople(engine), await createPeople(engine)] as const
    const earlier: Batch[] = []
    for (let round = 0; round < BATCHES; round++) {
      await disturb(engine, random, teams)
      const batch = planBatch(random, earlier)
      earlier.push(batch)
      const alone = await sendOneByOne(engine, teams[0], batch)
      const together = await sendTogether(engine, teams[1], batch)
      expect(await withPlaces(engine.owner, together), JSON.stringify(batch)).toEqual(
        await withPlaces(engine.owner, alone),
      )
      expect(await readRecords(engine.owner, teams[1]), JSON.stringify(batch)).toEqual(
        await readRecords(engine.owner, teams[0]),
      )
    }
  },
)
