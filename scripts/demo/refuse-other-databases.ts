import type { Env } from '../user-env.ts'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** @throws with a sentence where the environment names a project of one's own: the demo makes people and money up */
export function refuseNamedProject(env: Env): void {
  const { NEXT_PUBLIC_SUPABASE_URL: url } = env
  if (!url) return
  throw new Error(
    `NEXT_PUBLIC_SUPABASE_URL is ${url}, but the demo runs on a database of its own alone, on this machine. Remove it from the environment and the .env files for the demo.`,
  )
}

/** @throws with a sentence for any database that is not on this machine */
export function refuseOtherMachine(databaseUrl: string): void {
  const { hostname } = new URL(databaseUrl)
  if (LOOPBACK.has(hostname)) return
  throw new Error(
    `The demo is told to the embedded database on this machine alone, and ${hostname} is another. Run npm run demo, which makes one.`,
  )
}
