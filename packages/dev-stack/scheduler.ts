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
}

/** Runs the schedule until it is closed. */
export function startScheduler({ databaseUrl, schedule, appUrl, cronSecret, isPaused }: Options): {
  close(): Promise<void>
} {
  const sql = postgres(databaseUrl, { max: 1, idle_timeout: 1, onnotice: () => {} })
  const closing = new AbortController()
  let running: Promise<void> | undefined

  async function runJobs(): Promise<void> {
    try {
      for (const name of schedule.functions) await sql`select ${sql(`public.${name}`)}()`
      // Not asked without need: the first call makes a development server compile the route.
      for (const { path, due } of schedule.requests) {
        if ((await sql.unsafe(due)).length > 0) await request(path)
      }
    } catch (error) {
      console.warn(`A scheduled job failed: ${error instanceof Error ? error.message : error}`)
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
    running ??= runJobs().finally(() => {
      running = undefined
    })
  }, EVERY_MS)
  return {
    async close() {
      clearInterval(timer)
      closing.abort()
      await running
      await sql.end()
    },
  }
}
