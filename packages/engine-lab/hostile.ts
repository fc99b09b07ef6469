import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { startEverything } from '../../e2e/support/start-everything.ts'
import { treeOf } from './bench/process-tree.ts'
import { LATENCY_HEAD, latencyCells, printTable, quantile } from './bench/statistics.ts'
import { ATTACKS } from './hostile/attacks.ts'
import { createCaller, noReplies } from './hostile/caller.ts'
import type { Experience } from './hostile/second-user.ts'

/** What the second user may wait for at most, in ms, and what the server's processes may hold. */
const MAX_P99_MS = 1_000
const MAX_MEMORY_MB = 1_500
const PAUSE_MS = 50

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '120' } } })
const durationMs = Number(values.seconds) * 1000
if (!(durationMs > 0)) {
  console.error('Usage: npm run chaos:requests -- [--seconds N], after npm run build')
  process.exit(2)
}

const app = await startEverything()
const sql = postgres(app.env.DATABASE_URL, { max: 1, onnotice: () => {} })
const problems: string[] = []
try {
  const attackers = Object.entries(ATTACKS).map(([name, attack]) => ({ name, attack, ...noReplies() }))
  const { cookie } = await createCaller(app.appUrl, noReplies())
  const end = AbortSignal.timeout(durationMs)
  let memoryMb = 0
  const [second] = await Promise.all([
    observeSecondUser(cookie),
    repeat(end, async () => {
      memoryMb = Math.max(memoryMb, treeOf(app.appPid).memoryMb)
    }),
    ...attackers.map(async (attacker) => {
      const caller = await createCaller(app.appUrl, attacker)
      await repeat(end, () => attacker.attack(caller, end))
    }),
  ])

  for (const { name, failures } of [...attackers, { name: 'the second user', ...second }]) {
    problems.push(...[...new Set(failures)].map((failure) => `${name}: ${failure}`))
  }
  const p99 = quantile(second.times, 0.99)
  if (p99 > MAX_P99_MS) problems.push(`the second user waited ${p99.toFixed(0)} ms at p99`)
  if (memoryMb > MAX_MEMORY_MB) problems.push(`the server held ${memoryMb.toFixed(0)} MB`)
  const violations = await sql`select * from public.verify_ledger()`
  if (violations.length > 0) problems.push(`the ledger does not add up: ${JSON.stringify(violations)}`)
  const rows = attackers.map(({ name, statuses, times }) => [
    name,
    [...statuses].map(([status, count]) => `${count} × ${status}`).join(', '),
    ...latencyCells(times),
  ])
  rows.push(['the second user', `${second.times.length} × 200`, ...latencyCells(second.times)])
  printTable(['requests of', 'replies', ...LATENCY_HEAD], rows)
  console.log(
    `\nThe server's processes held ${memoryMb.toFixed(0)} MB at most. The ledger ${violations.length === 0 ? 'adds up' : 'does not add up'}.`,
  )
} finally {
  await sql.end()
  await app.stop()
}
for (const problem of problems) console.error(problem)
process.exit(problems.length > 0 ? 1 : 0)

async function observeSecondUser(cookie: string): Promise<Experience> {
  const program = new URL('./hostile/second-user.ts', import.meta.url)
  const [experience] = await once(fork(program, [app.appUrl, cookie, String(durationMs)]), 'message')
  return experience
}

async function repeat(end: AbortSignal, act: () => Promise<void>): Promise<void> {
  while (!end.aborted) {
    await act()
    await delay(PAUSE_MS)
  }
}
