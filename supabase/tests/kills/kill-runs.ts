import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { createRandom, type Random } from '../../../scripts/random.ts'
import { PRICE } from '../background-tools.ts'
import type { RunOrder } from './run-process.ts'

const BALANCE = 1_000
const PEOPLE = 5
/** How many runs more are asked for than would be even. */
const AHEAD = 5
const PROGRAM = join(import.meta.dirname, 'run-process.ts')
const SETTINGS = { RUN_LEASE_MS: '1000', MAX_RUNS_PER_USER: '3', MAX_RUNS_IN_ALL: '8', LOG_LEVEL: 'error' }

/** The database that the runs are in, as its owner. */
export type KillTarget = { owner: Sql; createUser(options: { balance: number }): Promise<string> }

export type KillOptions = {
  seed: number
  runs: number
  kills: number
  say?: (line: string) => void
}

export type KillReport = {
  /** How many runs ended in each way. */
  ends: Record<string, number>
  /** How many processes were killed while they had a run. */
  killsWithRuns: number
  /** What must not be. Empty when every run ended once, paid or given back, and the records are clean. */
  problems: string[]
}

/**
 * Starts runs in the background through a process of the app, lets it and a worker run them, and kills one of the two at
 * random points after they have begun, again and again, until all has ended. The points follow from the seed; where the
 * runs are by then does not. Some runs are canceled meanwhile, some fail.
 */
export async function killRuns(
  app: KillTarget,
  { seed, runs, kills, say }: KillOptions,
): Promise<KillReport> {
  const random = createRandom(seed)
  const people: string[] = []
  for (let person = 0; person < PEOPLE; person++) people.push(await app.createUser({ balance: BALANCE }))
  const pending = new Map(planOrders(random, people, runs).map((order) => [order.key, order]))
  await using processes = new AsyncDisposableStack()
  const acknowledge = (key: string) => void pending.delete(key)
  const pair = await Promise.all([startProcess(acknowledge), startProcess(acknowledge)])
  processes.defer(() => Promise.all(pair.map(kill)).then(() => undefined))

  let killsWithRuns = 0
  const asked: RunOrder[] = []
  const orders = [...pending.values()]
  for (let number = 1; number <= kills; number++) {
    // A few ahead, so that there is something to kill to the end.
    asked.push(...orders.slice(asked.length, Math.ceil((number * runs) / kills) + AHEAD))
    await untilSomeRunGoesOn(app, pair, () => asked.filter(({ key }) => pending.has(key)))
    await delay(random.between(20, 400))
    if (random.chance(0.08)) await cancelSomeRun(app)
    const [busy] = await app.owner`select from private.queued_runs where lease is not null limit 1`
    if (busy) killsWithRuns++
    const place = random.between(0, 1)
    await kill(pair[place])
    pair[place] = await startProcess(acknowledge)
    await app.owner`select release_expired_holds()`
    if (number % 20 === 0) say?.(`${number} of ${kills} kills`)
  }
  await untilAllEnded(app, pair, pending)
  return { killsWithRuns, ...(await judge(app, people, runs)) }
}

function planOrders(random: Random, people: readonly string[], runs: number): RunOrder[] {
  return Array.from({ length: runs }, (_, number) => ({
    tool: random.chance(0.3) ? 'fragile' : 'patient',
    userId: random.pick(people),
    key: `run-${number}`,
    input: {
      steps: random.between(5, 25),
      stepMs: random.between(20, 80),
      fails: random.chance(0.1),
      note: '',
    },
  }))
}

/** @throws when the process does not start */
async function startProcess(acknowledge: (key: string) => void): Promise<ChildProcess> {
  const started = fork(PROGRAM, [], {
    env: { ...process.env, ...SETTINGS },
    stdio: ['ignore', 'ignore', process.env.DEBUG ? 'inherit' : 'ignore', 'ipc'],
    execArgv: ['--import', join(import.meta.dirname, 'app-modules.ts')],
  })
  const ready = once(started, 'message')
  const ended = once(started, 'exit').then(() => {
    throw new Error('A process ended that nobody had killed.')
  })
  ended.catch(() => undefined)
  await Promise.race([ready, ended])
  started.on('message', (message) => {
    if (typeof message === 'string') acknowledge(message)
  })
  return started
}

async function kill(victim: ChildProcess | undefined): Promise<void> {
  if (!victim || victim.exitCode !== null) return
  const ended = once(victim, 'exit')
  victim.kill('SIGKILL')
  await ended
}

function ask(app: ChildProcess | undefined, order: RunOrder): void {
  if (app?.connected) app.send(order, () => undefined)
}

async function cancelSomeRun({ owner }: KillTarget): Promise<void> {
  const [run] = await owner<{ id: string; user_id: string }[]>`
    select id, user_id from runs order by finished_at is null desc, random() limit 1`
  if (!run) return
  await owner`select cancel_run(${run.user_id}, '{"internal": "test"}', ${run.id})`
}

/** Waits until a worker holds a run, or until every run asked for so far has ended. */
async function untilSomeRunGoesOn(
  app: KillTarget,
  pair: readonly ChildProcess[],
  unanswered: () => readonly RunOrder[],
): Promise<void> {
  for (;;) {
    const open = await askAgain(app, pair, unanswered())
    const [leased] = await app.owner`
      select from private.queued_runs where lease is not null and due_at > clock_timestamp() limit 1`
    if (leased || (!open && unanswered().length === 0)) return
  }
}

async function untilAllEnded(
  app: KillTarget,
  pair: readonly ChildProcess[],
  pending: ReadonlyMap<string, RunOrder>,
): Promise<void> {
  for (;;) {
    const open = await askAgain(app, pair, [...pending.values()])
    if (!open && pending.size === 0) return
  }
}

/** Asks again for what got no answer yet, and tells whether any run is open a moment later. */
async function askAgain(
  app: KillTarget,
  pair: readonly ChildProcess[],
  orders: readonly RunOrder[],
): Promise<boolean> {
  for (const order of orders) ask(pair[0], order)
  await delay(50)
  await app.owner`select release_expired_holds()`
  return (await app.owner`select from runs where finished_at is null limit 1`).length > 0
}

async function judge(
  app: KillTarget,
  people: readonly string[],
  runs: number,
): Promise<Omit<KillReport, 'killsWithRuns'>> {
  const ended = await app.owner<{ status: string; charged: number; counted: number | null; steps: number }[]>`
    select status, charged::int, (full_input ->> 'steps')::int as steps,
      (stored_response -> 'body' ->> 'counted')::int as counted
    from runs`
  const broken = await app.owner<{ invariant: string; detail: string }[]>`select * from verify_ledger()`
  const problems = broken.map(({ invariant, detail }) => `${invariant}: ${detail}`)
  if (ended.length !== runs) problems.push(`${runs} runs were asked for, and there are ${ended.length}`)
  const ends: Record<string, number> = {}
  for (const { status, charged, counted, steps } of ended) {
    ends[status] = (ends[status] ?? 0) + 1
    const isRight = status === 'succeeded' ? charged === PRICE && counted === steps : charged === 0
    if (!isRight) problems.push(`a run is ${status}, charged ${charged}, and counted ${counted} of ${steps}`)
  }
  const [left] = await app.owner`select from private.queued_runs limit 1`
  if (left) problems.push('a run that has ended is still in the queue')
  const [sum] = await app.owner<{ balance: number }[]>`
    select sum(balance)::int as balance from credits where user_id in ${app.owner(people)}`
  const owed = people.length * BALANCE - (ends.succeeded ?? 0) * PRICE
  if (sum?.balance !== owed) problems.push(`the wallets hold ${sum?.balance} credits instead of ${owed}`)
  return { ends, problems }
}
