import postgres from 'postgres'
import type { Schedule } from './project.ts'

const EVERY_MS = 5_000
const SENDING_MS = 30_000

type Options = {
  databaseUrl: string
  schedule: Schedule
  appUrl: string
  cronSecret: string
  /** Nothing runs while this is so. */
  isPaused(): boolean
  /** From one round to the next, in ms; 5,000 by default. */
  everyMs?: number
}

/** Runs the schedule until it is closed. */
export function startScheduler({
  databaseUrl,
  schedule,
  appUrl,
  cronSecret,
  isPaused,
  everyMs = EVERY_MS,
}: Options): {
  close(): Promise<void>
} {
  const sql = postgres(databaseUrl, { max: 1, idle_timeout: 1, onnotice: () => {} })
  const closing = new AbortController()
  // In parallel: the database's own jobs do not wait for the app to answer.
  const rounds = [eachOnce(runFunctions), eachOnce(sendRequests)]

  async function runFunctions(): Promise<void> {
    for (const name of schedule.functions) await sql`select ${sql(`public.${name}`)}()`
  }

  async function sendRequests(): Promise<void> {
    // Not asked without need: the first call makes a development server compile the route.
    for (const { path, due } of schedule.requests) {
      if ((await sql.unsafe(due)).length > 0) await request(path)
    }
  }

  /** The stack also runs without an app: then it waits for one. */
  async function request(path: string): Promise<void> {
    await fetch(`${appUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${cronSecret}` },
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(SENDING_MS)]),
    }).catch(() => {})
  }

  const timer = setInterval(() => {
    if (isPaused()) return
    for (const round of rounds) round.begin()
  }, everyMs)
  return {
    async close() {
      clearInterval(timer)
      closing.abort()
      await Promise.all(rounds.map(({ ended }) => ended()))
      await sql.end()
    },
  }
}

/** Starts `work` unless its last run is still going. A failure is logged, and the next round tries again. */
function eachOnce(work: () => Promise<void>): { begin(): void; ended(): Promise<void> } {
  let running: Promise<void> | undefined
  return {
    begin() {
      running ??= work()
        .catch((error: unknown) => {
          console.warn(`A scheduled job failed: ${error instanceof Error ? error.message : error}`)
        })
        .finally(() => {
          running = undefined
        })
    },
    ended: async () => running,
  }
}
