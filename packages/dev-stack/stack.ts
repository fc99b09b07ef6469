import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { removeEnvFile, writeEnvFile } from './env-file.ts'
import { serveHttp } from './http-server.ts'
import { loadKeys } from './keys.ts'
import { SENDER } from './mailbox/store.ts'
import { applyMigrations } from './migrate.ts'
import { findFreePort, SERVICE_STEP } from './ports.ts'
import { startPostgres } from './postgres/index.ts'
import type { Project } from './project.ts'
import { startScheduler } from './scheduler.ts'

export const POSTGRES_FOLDER = 'postgres'

const DEFAULT_PORTS = { gateway: 54321, postgres: 54322, mailbox: 54324, sandbox: 54325, smtp: 54326 }

type Ports = typeof DEFAULT_PORTS

/** The keys of `.local/env`: all that an app, a test or a tool needs to use the stack. */
export type StackEnv = {
  APP_URL: string
  NEXT_PUBLIC_SUPABASE_URL: string
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: string
  SUPABASE_SECRET_KEY: string
  DATABASE_URL: string
  DODO_PAYMENTS_BASE_URL: string
  DODO_PAYMENTS_API_KEY: string
  DODO_PAYMENTS_WEBHOOK_KEY: string
  MAILBOX_URL: string
  SMTP_URL: string
  MAIL_FROM: string
  CRON_SECRET: string
}

export type Stack = { env: StackEnv; stop(): Promise<void> }

export type StackOptions = {
  project: Project
  /** Holds everything the stack keeps: data, keys, the environment file. */
  directory: string
  /** Tried first, each; 0 for any. */
  ports?: Partial<Ports>
  /** Where the app runs or will run: mails link to it, webhooks go to it. */
  appUrl: string
  /** Realtime refuses channels that are not private. */
  privateOnly?: boolean
  /** Says nothing about ports and changed migrations. */
  quiet?: boolean
  /** Gives up starting, at the next step. */
  signal?: AbortSignal
}

/**
 * Starts everything the product needs on this machine and waits until it answers. The environment file exists
 * exactly while it runs.
 * @throws with a sentence when another process runs it, or when a part fails;
 * what had started is stopped.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { project, directory, ports, appUrl, quiet = false, signal } = options
  const say = quiet ? () => {} : console.log
  const wanted = { ...DEFAULT_PORTS, ...ports }
  const pick = async (service: keyof Ports, name: string) => {
    const port = await findFreePort(wanted[service], SERVICE_STEP)
    if (wanted[service] && port !== wanted[service])
      say(`Port ${wanted[service]} is taken: ${name} uses ${port}.`)
    return port
  }
  await using undo = new AsyncDisposableStack()
  const keep = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    undo.defer(() => part.close())
    return part
  }

  const loading = import('./services.ts')
  loading.catch(() => {}) // heard below, unless Postgres fails first
  await mkdir(directory, { recursive: true })
  const database = await startPostgres({
    directory: join(directory, POSTGRES_FOLDER),
    port: wanted.postgres,
    onKilled: (sentence) => console.error(sentence),
  })
  undo.defer(database.stop)
  await removeEnvFile(directory)
  signal?.throwIfAborted()
  if (wanted.postgres && database.port !== wanted.postgres) {
    say(`Port ${wanted.postgres} is taken: Postgres uses ${database.port}.`)
  }
  const { createMailbox, createTokens, databaseGone, prepareAuthSchema, ...services } = await loading
  const keys = await loadKeys(directory)
  const tokens = await createTokens(directory)
  await prepareAuthSchema(database.apiUrl)
  await applyMigrations(database.ownerUrl, { directory: project.migrations, seeds: project.seeds, warn: say })

  signal?.throwIfAborted()
  const mailbox = createMailbox()
  const mailboxServer = keep(
    await serveHttp({ port: await pick('mailbox', 'the mailbox'), fetch: mailbox.fetch }),
  )
  const smtp = keep(
    await services.serveSmtp({ port: await pick('smtp', "the mailbox's SMTP"), deliver: mailbox.send }),
  )
  const gatewayPort = await pick('gateway', 'the Supabase API')
  const publicUrl = `http://127.0.0.1:${gatewayPort}`
  const realtime = keep(
    await services.startRealtime({
      replicationUrl: database.realtimeUrl,
      publication: 'supabase_realtime',
      verify: tokens.verify,
      publishableKey: keys.publishableKey,
      secretKey: keys.secretKey,
      privateOnly: options.privateOnly,
      logger: project.logger,
    }),
  )
  const api = keep(
    await services.startApi({
      apiUrl: database.apiUrl,
      projectDirectory: project.directory,
      ...{ keys, tokens, mailbox, siteUrl: appUrl, publicUrl },
    }),
  )
  const fetch = async (request: Request) => {
    // Said once in the terminal: no request fails with a riddle, or fills the terminal with the same again.
    if (database.isGone()) return databaseGone()
    const isRealtime = new URL(request.url).pathname.startsWith('/realtime/v1/')
    return (isRealtime ? realtime : api).fetch(request)
  }
  keep(await serveHttp({ port: gatewayPort, fetch, upgrade: realtime.handleUpgrade }))
  const sandbox = keep(
    await services.startDodoSandbox({
      directory: join(directory, 'dodo'),
      port: await pick('sandbox', 'the DodoPayments sandbox'),
      apiKey: keys.dodoApiKey,
      webhookKey: keys.dodoWebhookKey,
      webhookUrl: `${appUrl}${project.webhookPath}`,
      products: project.products,
    }),
  )
  keep(
    startScheduler({
      databaseUrl: database.ownerUrl,
      schedule: project.schedule,
      ...{ appUrl, cronSecret: keys.cronSecret, isPaused: database.isGone },
    }),
  )

  const env: StackEnv = {
    APP_URL: appUrl,
    NEXT_PUBLIC_SUPABASE_URL: publicUrl,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: keys.publishableKey,
    SUPABASE_SECRET_KEY: keys.secretKey,
    DATABASE_URL: database.ownerUrl,
    DODO_PAYMENTS_BASE_URL: sandbox.url,
    DODO_PAYMENTS_API_KEY: keys.dodoApiKey,
    DODO_PAYMENTS_WEBHOOK_KEY: keys.dodoWebhookKey,
    MAILBOX_URL: mailboxServer.url,
    SMTP_URL: smtp.url,
    MAIL_FROM: `${SENDER.name} <${SENDER.address}>`,
    CRON_SECRET: keys.cronSecret,
  }
  await writeEnvFile(directory, { ...env, ...project.env })
  undo.defer(() => removeEnvFile(directory))
  const running = undo.move()
  return { env, stop: () => running.disposeAsync() }
}
