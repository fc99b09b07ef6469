import { expect, inject, test } from 'vitest'
import {
  type Contender,
  literalPattern,
  type Setting,
  throughDrizzle,
  throughKysely,
  throughLivebalance,
  throughPrisma,
} from '../testing/contenders.ts'

const CHARGES = Number(process.env.SDK_BENCH ?? 0)
/** Contenders take turns, so that a busy moment of the machine is not one's alone. */
const ROUNDS = 5
const USERS = 200
const CLIENTS = 16
const MAX_ROUND_TRIPS = 2
const RUNS = [
  { name: 'one user, 1 client', clients: 1, users: 1 },
  { name: 'one user, 16 clients', clients: CLIENTS, users: 1 },
  { name: '200 users, 1 client', clients: 1, users: USERS },
  { name: '200 users, 16 clients', clients: CLIENTS, users: USERS },
]

const makers: [name: string, make: (setting: Setting) => Promise<Contender>, isPrepared: boolean][] = [
  ['literal pattern', literalPattern, false],
  ['Kysely', throughKysely, false],
  ['Kysely, prepared', throughKysely, true],
  ['Drizzle, prepared', throughDrizzle, true],
  ['Prisma', throughPrisma, false],
  ['Prisma, prepared', throughPrisma, true],
  ['Livebalance', throughLivebalance, false],
]

/** `SDK_BENCH=2000 npx vitest run --project sdk packages/credit-sdk/tests/bench.test.ts` */
test.skipIf(CHARGES === 0)(
  'charges per second, on one user and on many, by 1 client and by 16',
  async () => {
    await using undo = new AsyncDisposableStack()
    const contenders: { name: string; contender: Contender; before: number; rates: number[][] }[] = []
    for (const [name, make, isPrepared] of makers) {
      const contender = await make({
        urls: inject('postgres'),
        undo,
        clients: CLIENTS,
        users: USERS,
        isPrepared,
      })
      await measure(contender, { clients: CLIENTS, users: USERS }, 'warm')
      const before = await contender.total()
      contender.counts.sent = 0
      contenders.push({ name, contender, before, rates: RUNS.map(() => []) })
    }
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [index, run] of RUNS.entries())
        for (const { contender, rates } of contenders)
          rates[index]?.push(await measure(contender, run, `${run.name} ${round}`))

    const charged = Math.ceil(CHARGES / ROUNDS) * ROUNDS * RUNS.length
    const rows = []
    for (const { name, contender, before, rates } of contenders) {
      const roundTrips = contender.counts.sent / charged
      const givenAway = charged * 10 - (before - (await contender.total()))
      const medians = RUNS.map((run, index) => [run.name, median(rates[index] ?? [])])
      rows.push({ name, ...Object.fromEntries(medians), roundTrips, givenAway })
      if (name === 'literal pattern') continue
      expect(givenAway).toBe(0)
      expect(roundTrips).toBeLessThanOrEqual(MAX_ROUND_TRIPS)
    }
    console.table(rows)
  },
  600_000,
)

function median(rates: readonly number[]): number | undefined {
  return [...rates].sort((a, b) => a - b)[Math.floor(rates.length / 2)]
}

/** Charges per second, each with a key of its own. */
async function measure(
  { users, charge }: Contender,
  run: { clients: number; users: number },
  prefix: string,
): Promise<number> {
  const count = Math.ceil(CHARGES / ROUNDS)
  let next = 0
  const startedAt = performance.now()
  const worker = async () => {
    while (next < count) {
      const index = next++
      await charge(users[index % run.users] ?? '', `${prefix}-${index}`)
    }
  }
  await Promise.all(Array.from({ length: run.clients }, worker))
  return Math.round((count * 1000) / (performance.now() - startedAt))
}
