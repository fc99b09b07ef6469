import postgres from 'postgres'

const EVERY_MS = 5_000
const SENDING_MS = 30_000

/** What pg_cron would run every minute on hosted Supabase; here more often, so that nobody waits for it. */
const JOBS = ['release_expired_holds', 'expire_grants']

type Options = { databaseUrl: string; appUrl: string; cronSecret: string }

/** Runs the frequent jobs of the engine, and has the app send its mails, until it is closed. */
export function startScheduler({ databaseUrl, appUrl, cronSecret }: Options): { close(): Promise<void> } {
  const sql = postgres(databaseUrl, { max: 1, idle_timeout: 1, onnotice: () => {} })
  const closing = new AbortController()
  let running: Promise<void> | undefined

  async function runJobs(): Promise<void> {
    try {
      for (const job of JOBS) await sql`select ${sql(`public.${job}`)}()`
      // Not asked without need: the first call makes a development server compile the route.
      const due = await sql`
        select from public.mails where status = 'waiting' and next_attempt_at <= clock_timestamp() limit 1`
      if (due.length > 0) await sendMails()
    } catch (error) {
      console.warn(`A scheduled job failed: ${error instanceof Error ? error.message : error}`)
    }
  }

  /** The stack also runs without an app: then mails wait for it. */
  async function sendMails(): Promise<void> {
    await fetch(`${appUrl}/api/cron/send-mails`, {
      method: 'POST',
      headers: { authorization: `Bearer ${cronSecret}` },
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(SENDING_MS)]),
    }).catch(() => {})
  }

  const timer = setInterval(() => {
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
