import postgres from 'postgres'

const EVERY_MS = 5_000

/** What pg_cron would run every minute on hosted Supabase; here more often, so that nobody waits for it. */
const JOBS = ['release_expired_holds', 'expire_grants']

/** Runs the frequent jobs of the engine until it is closed. */
export function startScheduler(databaseUrl: string): { close(): Promise<void> } {
  const sql = postgres(databaseUrl, { max: 1, idle_timeout: 1, onnotice: () => {} })
  let running = Promise.resolve()

  async function runJobs(): Promise<void> {
    try {
      for (const job of JOBS) await sql`select ${sql(`public.${job}`)}()`
    } catch (error) {
      console.warn(`A scheduled job failed: ${error instanceof Error ? error.message : error}`)
    }
  }

  const timer = setInterval(() => {
    running = running.then(runJobs)
  }, EVERY_MS)
  return {
    async close() {
      clearInterval(timer)
      await running
      await sql.end()
    },
  }
}
