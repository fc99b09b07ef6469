import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import postgres, { type Sql } from 'postgres'
import { createRandom, type Random } from '../../../scripts/random.ts'
import type { Cluster } from '../../../supabase/tests/cluster.ts'
import { checkRecords } from './check-records.ts'
import { checkAnswers } from './check-responses.ts'
import { APPLICATION, runClient } from './client.ts'
import {
  type Checkout,
  CREDIT_TYPES,
  type Operation,
  PACKAGE,
  PEOPLE,
  type Plan,
  planBatch,
  type Size,
} from './plan.ts'
import { readRecords } from './records.ts'
import { count, type Violation, type World } from './world.ts'

export type StormOptions = Size & {
  seed: number
  batches: number
  /** How often Postgres is killed, spread over the batches. */
  kills: number
  say?: (line: string) => void
}

export type StormReport = {
  counts: Map<string, number>
  /** The batch after which rules were found broken, and how; none when all held. */
  failure?: { batch: number; violations: Violation[] }
}

/**
 * Lets many clients at the engine, batch by batch, cuts their connections and kills the server, and checks every rule
 * after each batch. What the clients do follows from the seed; in which order they get through does not.
 */
export async function storm(cluster: Cluster, options: StormOptions): Promise<StormReport> {
  const { seed, batches, kills, say = () => {} } = options
  const random = createRandom(seed)
  const world = await settle(cluster)
  const earlier: Operation[] = []
  const every = kills > 0 ? Math.max(1, Math.floor(batches / kills)) : 0
  for (let batch = 0; batch < batches; batch++) {
    const plan = planBatch(random, batch, options, earlier)
    const crash = every > 0 && batch % every === Math.floor(every / 2) && batch / every < kills
    const weather = planWeather(random, crash)
    await runBatch(cluster, plan, weather, world)
    earlier.push(
      ...plan.operations
        .flat()
        .filter(({ key }) => key !== null)
        .slice(0, 40),
    )
    const violations = [...world.complaints, ...(await check(cluster, world))]
    const number = plan.operations.flat().length
    say(
      `batch ${batch + 1}/${batches}: ${number} operations${crash ? ', Postgres killed' : ''}: ${verdict(violations)}`,
    )
    if (violations.length > 0) return { counts: world.counts, failure: { batch, violations } }
  }
  return { counts: world.counts }
}

const verdict = (violations: Violation[]) =>
  violations.length === 0 ? 'every rule holds' : `${violations.length} broken`

/** Little enough that charges are refused now and then. */
const BEGINNING = 40

type Weather = { cuts: number[]; crashAfter: number | undefined }

/** Pauses in ms before each cut of a connection, and before the crash. */
function planWeather(random: Random, crash: boolean): Weather {
  const cuts = Array.from({ length: random.between(0, 6) }, () => random.between(5, 60))
  return { cuts, crashAfter: crash ? random.between(30, 250) : undefined }
}

async function runBatch(cluster: Cluster, plan: Plan, weather: Weather, world: World): Promise<void> {
  await withAdmin(cluster, (sql) => openCheckouts(sql, plan.checkouts, world))
  world.starts.push(Date.now())
  const clients = Promise.all(plan.operations.map((operations) => runClient(cluster, operations, world)))
  const disturbances = [cutConnections(cluster, weather.cuts, world)]
  if (weather.crashAfter !== undefined && cluster.crash) {
    disturbances.push(
      delay(weather.crashAfter)
        .then(cluster.crash)
        .then(() => count(world, 'Postgres killed')),
    )
  }
  await Promise.all([clients, ...disturbances])
}

async function cutConnections(cluster: Cluster, pauses: readonly number[], world: World): Promise<void> {
  for (const pause of pauses) {
    await delay(pause)
    // The server may be down just now: then there is nothing to cut.
    const cut = await withAdmin(
      cluster,
      (sql) => sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = ${APPLICATION}
        order by state = 'active' desc, random() limit 1`,
    ).catch(() => [])
    if (cut.length > 0) count(world, 'connection cut')
  }
}

async function check(cluster: Cluster, world: World): Promise<Violation[]> {
  return withAdmin(cluster, async (sql) => {
    const rows = await sql`select * from public.verify_ledger()`
    const broken = rows.map(({ invariant, ...details }): Violation => ({ rule: invariant, details }))
    const records = await readRecords(sql)
    for (const { type } of records.ledger.slice(world.rows)) count(world, `ledger row: ${type}`)
    world.rows = records.ledger.length
    return [...broken, ...checkRecords(records), ...checkAnswers(records, world)]
  })
}

/** People to charge, each with something to begin with; the other wallets are opened by whoever comes first. */
async function settle(cluster: Cluster): Promise<World> {
  const people = Array.from({ length: PEOPLE }, () => randomUUID())
  return withAdmin(cluster, async (sql) => {
    for (const type of CREDIT_TYPES) {
      await sql`insert into public.credit_types (id, name) values (${type}, ${type}) on conflict do nothing`
    }
    for (const id of people) {
      await sql`insert into auth.users (id, email) values (${id}, ${`${id}@example.com`})`
      await sql`select public.add_credits(${id}, ${BEGINNING})`
    }
    const [admin] = await sql<{ user_id: string }[]>`select user_id from public.user_roles limit 1`
    const lists = { starts: [], holds: [], charges: [], answers: [], complaints: [] }
    return { people, admin: admin?.user_id ?? '', ...lists, rows: 0, counts: new Map() }
  })
}

async function openCheckouts(sql: Sql, checkouts: readonly Checkout[], world: World): Promise<void> {
  for (const { session, user } of checkouts) {
    await sql`select public.record_checkout(${world.people[user] ?? null}, ${PACKAGE.id}, ${session}, 'dodopayments')`
  }
}

async function withAdmin<Result>(cluster: Cluster, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const sql = postgres(cluster.urls().adminUrl, { max: 1, fetch_types: false, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
