import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { LIVE_MODES, type LiveMode } from '../../../lib/env/live-mode.ts'
import { makeTemporaryDirectory } from '../../dev-stack/temporary-directory.ts'
import { openUsers, type User } from './live-users.ts'
import { printTable, quantile } from './statistics.ts'

const USERS = 100
const SOCKETS = [1_000, 5_000]
const CHANGES_PER_SECOND = 180
const WARM_UP_MS = 3_000
const MEASURE_MS = 20_000
const DRAIN_MS = 15_000

type Delivery = { commitToArrival: number[]; missing: number; seconds: number; memoryMb: number }

/** Many sockets, each following its user's wallet as a header does, while wallets change all the time. */
export async function benchSockets(): Promise<void> {
  const rows: string[][] = []
  for (const sockets of SOCKETS) {
    for (const mode of LIVE_MODES) {
      const { commitToArrival, missing, seconds, memoryMb } = await deliver(mode, sockets)
      rows.push([
        `${sockets} by ${mode}`,
        (commitToArrival.length / seconds).toFixed(0),
        String(missing),
        ...[0.5, 0.95, 0.99].map((share) => quantile(commitToArrival, share).toFixed(0)),
        memoryMb.toFixed(0),
      ])
    }
  }
  const head = [
    `${USERS} users, ${CHANGES_PER_SECOND} changes a second, sockets`,
    'deliveries a second',
    'never arrived',
  ]
  printTable([...head, 'p50 ms', 'p95 ms', 'p99 ms', 'memory of the stack, MiB'], rows)
}

async function deliver(mode: LiveMode, sockets: number): Promise<Delivery> {
  await using undo = new AsyncDisposableStack()
  const directory = undo.adopt(await makeTemporaryDirectory(), (made) => made.remove())
  const stack = fork(new URL('./stack-process.ts', import.meta.url), [directory.path])
  undo.defer(async () => {
    stack.send('stop')
    await once(stack, 'exit')
  })
  const [env] = await once(stack, 'message')
  const sql = postgres(env.DATABASE_URL, { max: 4, connection: { role: 'service_role' }, onnotice: () => {} })
  undo.defer(() => sql.end())
  await sql`select set_live_mode(${mode})`
  const users = await openUsers({ env, mode, users: USERS, socketsEach: sockets / USERS })
  undo.defer(() => users.forEach((user) => void user.close()))

  await settle(users, await change(sql, users, WARM_UP_MS), sockets / USERS)
  const startedAt = performance.now()
  const commits = await change(sql, users, MEASURE_MS)
  const seconds = (performance.now() - startedAt) / 1_000
  const commitToArrival = await settle(users, commits, sockets / USERS)
  const missing = (commits.length * sockets) / USERS - commitToArrival.length
  return { commitToArrival, missing, seconds, memoryMb: memoryOf(stack.pid) }
}

type Commit = { user: string; version: number; at: number }

/** Waits until every socket was told of each commit, or for as long as it may take; from commit to arrival, in ms. */
async function settle(users: readonly User[], commits: readonly Commit[], socketsEach: number) {
  const committedAt = new Map(commits.map(({ user, version, at }) => [`${user} ${version}`, at]))
  const find = () =>
    users.flatMap(({ id, arrivals }) =>
      arrivals.flatMap(({ version, at }) => {
        const committed = committedAt.get(`${id} ${version}`)
        return committed === undefined ? [] : [Math.max(0, at - committed)]
      }),
    )
  const deadline = performance.now() + DRAIN_MS
  while (find().length < commits.length * socketsEach && performance.now() < deadline)
    await delay(DRAIN_MS / 50)
  const found = find()
  for (const { arrivals } of users) arrivals.length = 0
  return found
}

/** Changes one wallet after the other at an even pace; `at` is when the database has answered that it is committed. */
async function change(sql: postgres.Sql, users: readonly User[], forMs: number) {
  const commits: Commit[] = []
  const pending: Promise<void>[] = []
  const startedAt = performance.now()
  let count = 0
  const changeOne = async (user: string) => {
    const [row] = await sql<{ version: number }[]>`
      select (deduct_credits(${user}, 1) ->> 'version')::int as version`
    commits.push({ user, version: row?.version ?? 0, at: performance.now() })
  }
  while (performance.now() - startedAt < forMs) {
    const due = ((performance.now() - startedAt) * CHANGES_PER_SECOND) / 1_000
    for (; count < due; count++) pending.push(changeOne(users[count % users.length]?.id ?? ''))
    await delay(1_000 / CHANGES_PER_SECOND)
  }
  await Promise.all(pending)
  return commits
}

/** The resident memory of the stack's own process, without Postgres, in MiB. */
function memoryOf(pid: number | undefined): number {
  const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1_024
}
