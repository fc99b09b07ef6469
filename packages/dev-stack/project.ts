import type { SandboxProduct } from './dodopayments/types.ts'

type Log = (message: string, fields?: Record<string, unknown>) => void

export type Logger = { debug: Log; warn: Log }

/** The product that the stack serves. It is handed over, so that the stack imports nothing of it. */
export type Project = {
  /** Its folder, with `supabase/config.toml` and the mail templates which that names. */
  directory: string
  /** Holds `<version>_<name>.sql` files. */
  migrations: string
  /** SQL files to run once, in order, after the first migration. */
  seeds: readonly string[]
  /** What the payment sandbox sells. */
  products: readonly SandboxProduct[]
  /** Where the sandbox sends its webhooks, as a path of the app. */
  webhookPath: string
  schedule: Schedule
  /** Further lines of the environment file. */
  env: Record<string, string>
  logger: Logger
}

/** What a scheduler would run every minute. The stack runs it more often, so that nobody waits for it. */
export type Schedule = {
  /** Functions of the schema `public` without arguments. */
  functions: readonly string[]
  /** Paths of the app to POST to with the cron secret, each when `due`, a query, gives rows. */
  requests: readonly { path: string; due: string }[]
}
