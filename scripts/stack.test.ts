import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createClient } from '@supabase/supabase-js'
import postgres from 'postgres'
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { envFileOf, readEnvFile } from '../packages/dev-stack/env-file.ts'
import { makeTemporaryDirectory } from '../packages/dev-stack/temporary-directory.ts'
import { startTestServer } from '../packages/dev-stack/testing.ts'
import { MIGRATIONS_DIRECTORY } from './paths.ts'
import { startProjectStack } from './stack.ts'

const ANY_PORTS = { gateway: 0, postgres: 0, mailbox: 0, sandbox: 0, smtp: 0 }
const APP_URL = 'http://localhost:3000'

let directory: string
let stack: Awaited<ReturnType<typeof startProjectStack>>

const start = () => startProjectStack({ directory, ports: ANY_PORTS, appUrl: APP_URL, quiet: true })

beforeAll(async () => {
  const temporary = await makeTemporaryDirectory()
  directory = temporary.path
  stack = await start()
  return async () => {
    await stack.stop()
    await temporary.remove()
  }
})

async function signIn() {
  const { env } = stack
  const client = createClient(env.NEXT_PUBLIC_SUPABASE_URL, env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY)
  const { data, error } = await client.auth.signInWithPassword({
    email: env.SEED_USER_EMAIL,
    password: env.SEED_USER_PASSWORD,
  })
  if (error) throw error
  await client.realtime.setAuth()
  return { client, userId: data.user.id }
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  return await sql.unsafe(text).finally(() => sql.end())
}

test('the environment file says what any client needs', async () => {
  const written = await readEnvFile(directory)
  expect(written).toEqual(stack.env)
  expect(Object.keys(written).sort()).toEqual([
    // #region ai
    'AI_BASE_URL',
    'AI_MODEL',
    // #endregion
    'APP_URL',
    'CRON_SECRET',
    'DATABASE_URL',
    'DODO_PAYMENTS_API_KEY',
    'DODO_PAYMENTS_BASE_URL',
    'DODO_PAYMENTS_WEBHOOK_KEY',
    'MAILBOX_URL',
    'MAIL_FROM',
    'NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY',
    'NEXT_PUBLIC_SUPABASE_URL',
    'SEED_ADMIN_EMAIL',
    'SEED_ADMIN_PASSWORD',
    'SEED_USER_EMAIL',
    'SEED_USER_PASSWORD',
    'SMTP_URL',
    'SUPABASE_SECRET_KEY',
  ])
})

test('one address serves Auth, Data API and Realtime to the unmodified client', async () => {
  const { client, userId } = await signIn()
  onTestFinished(() => client.removeAllChannels().then(() => {}))
  const { data: wallets } = await client.from('credits').select('balance')
  expect(wallets).toEqual([{ balance: expect.any(Number) }])

  const seen: unknown[] = []
  const states: string[] = []
  client
    .channel('wallet', { config: { postgres_changes_options: { wait: true } } })
    .on('postgres_changes', { event: 'UPDATE', schema: 'public', table: 'credits' }, ({ new: row }) =>
      seen.push(row),
    )
    .subscribe((state) => states.push(state))
  await expect.poll(() => states).toContain('SUBSCRIBED')

  const admin = createClient(stack.env.NEXT_PUBLIC_SUPABASE_URL, stack.env.SUPABASE_SECRET_KEY)
  const { error } = await admin.rpc('add_credits', { p_user_id: userId, p_amount: 7 })
  expect(error).toBeNull()
  const balance = Number(wallets?.[0]?.balance) + 7
  await expect.poll(() => seen).toEqual([expect.objectContaining({ user_id: userId, balance })])
})

test('mailbox and payment sandbox answer', async () => {
  const answers = await Promise.all([fetch(stack.env.MAILBOX_URL), fetch(stack.env.DODO_PAYMENTS_BASE_URL)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
})

test('privileges are what the migrations declare: the API adds none', async () => {
  const acl = `
    select object, grantee, privilege from (
      select c.oid::regclass::text as object, (aclexplode(c.relacl)).* from pg_class c
      where c.relnamespace in ('public'::regnamespace, to_regnamespace('private'))
      union all
      select p.oid::regprocedure::text, (aclexplode(p.proacl)).* from pg_proc p
      where p.pronamespace in ('public'::regnamespace, to_regnamespace('private'))
    ) as acl (object, grantor, grantee_id, privilege, grantable)
    cross join lateral (select coalesce(nullif(grantee_id, 0)::regrole::text, 'public')) as g (grantee)
    order by 1, 2, 3`
  const declared = await startTestServer({ migrations: MIGRATIONS_DIRECTORY })
  onTestFinished(declared.stop)
  const before = await query(declared.ownerUrl, acl)
  expect(before.length).toBeGreaterThan(20)
  expect(await query(stack.env.DATABASE_URL, acl)).toEqual(before)
})

test('a second stack on the same data is refused, by the id of the first', async () => {
  await expect(start()).rejects.toThrow(`Process ${process.pid} is already running`)
  expect(await readEnvFile(directory)).toEqual(stack.env)
})

// #region stripe
test('with PAYMENT_PROVIDER=stripe the sandbox of Stripe runs too, and the environment names it', async () => {
  const temporary = await makeTemporaryDirectory()
  onTestFinished(temporary.remove)
  vi.stubEnv('PAYMENT_PROVIDER', 'stripe')
  onTestFinished(() => void vi.unstubAllEnvs())
  const selling = await startProjectStack({
    directory: temporary.path,
    ports: ANY_PORTS,
    appUrl: APP_URL,
    quiet: true,
  })
  onTestFinished(selling.stop)
  const written = await readEnvFile(temporary.path)
  expect(written).toEqual(selling.env)
  expect(written).toMatchObject({
    PAYMENT_PROVIDER: 'stripe',
    STRIPE_SECRET_KEY: expect.stringMatching(/^sk_test_/),
  })
  expect(await (await fetch(written.STRIPE_BASE_URL ?? '')).text()).toContain('Stripe sandbox')
})
// #endregion

test('the stack does not start beside payment keys of the real service', async () => {
  vi.stubEnv('DODO_PAYMENTS_ENVIRONMENT', 'live_mode')
  onTestFinished(() => void vi.unstubAllEnvs())
  await expect(start()).rejects.toThrow('DODO_PAYMENTS_ENVIRONMENT is live_mode')
})

test('after a stop and a start everything is as it was, elsewhere if ports are taken', async () => {
  const { env } = stack
  await stack.stop()
  await expect(stat(envFileOf(directory))).rejects.toThrow('ENOENT')
  const gateway = Number(new URL(env.NEXT_PUBLIC_SUPABASE_URL).port)
  const squatter = createServer().listen(gateway, '127.0.0.1')
  onTestFinished(() => void squatter.close())

  stack = await startProjectStack({
    directory,
    ports: { ...ANY_PORTS, gateway },
    appUrl: APP_URL,
    quiet: true,
  })
  expect(stack.env.NEXT_PUBLIC_SUPABASE_URL).not.toBe(env.NEXT_PUBLIC_SUPABASE_URL)
  expect(stack.env.SUPABASE_SECRET_KEY).toBe(env.SUPABASE_SECRET_KEY)
  const { client } = await signIn()
  expect((await client.from('credits').select('balance')).data).toHaveLength(1)
})

test('a Postgres that was killed is named once in the terminal, and in every answer', async () => {
  const temporary = await makeTemporaryDirectory()
  onTestFinished(temporary.remove)
  const doomed = await startProjectStack({
    directory: temporary.path,
    ports: ANY_PORTS,
    appUrl: APP_URL,
    quiet: true,
  })
  onTestFinished(doomed.stop)
  const terminal = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => terminal.mockRestore())
  const pidFile = join(temporary.path, 'postgres/data/postmaster.pid')
  // While the Data API reads the schema: ending has to be bounded even then.
  await query(doomed.env.DATABASE_URL, "notify pgrst, 'reload schema'")
  process.kill(Number.parseInt(await readFile(pidFile, 'utf8'), 10), 'SIGKILL')
  const said = () => terminal.mock.calls.map(([line]) => String(line))
  const named = () => said().filter((line) => line.startsWith('Postgres was killed'))
  await expect.poll(named).toHaveLength(1)
  const { env } = doomed
  const client = createClient(env.NEXT_PUBLIC_SUPABASE_URL, env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY)
  const read = await client.from('credit_packages').select().retry(false)
  expect(read).toMatchObject({
    status: 503,
    error: { message: expect.stringContaining('Postgres has ended') },
  })
  const { error } = await client.auth.signInWithPassword({ email: 'a@example.com', password: 'long enough' })
  expect(error?.message).toContain('Postgres has ended')
  // The reading and the one that waits for it fail, in the library's words, and on a busy machine only now.
  const isReading = (line: string) => line === 'Introspection failed:'
  expect(said().filter((line) => !isReading(line))).toHaveLength(1)
  expect(said().filter(isReading).length).toBeLessThanOrEqual(2)
})
