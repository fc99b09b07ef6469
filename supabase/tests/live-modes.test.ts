import { createClient, type RealtimeChannel, type SupabaseClient } from '@supabase/supabase-js'
import postgres, { type Sql } from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { followCredits } from '../../lib/credit-manager/credit-feed.ts'
import type { BalanceRow } from '../../lib/credit-manager/types.ts'
import { followWallets } from '../../lib/credits/balance-cache/follow-wallets.ts'
import { LIVE_MODES } from '../../lib/env/live-mode.ts'
import type { Database } from '../../lib/supabase/database.types.ts'
import type { Followed } from '../../lib/supabase/live/channel-of.ts'
import { followChanges } from '../../lib/supabase/live/follow-changes.ts'
import { createTokens } from '../../packages/dev-stack/api/tokens.ts'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { setLiveMode } from '../../scripts/live/set-live-mode.ts'
import { startProjectStack } from '../../scripts/stack.ts'
import { testProject } from './test-project.ts'

const ANY_PORT = { gateway: 0, postgres: 0, mailbox: 0, sandbox: 0, smtp: 0 }
const IN_MEMORY = { auth: { persistSession: false, autoRefreshToken: false } }
const FAST = { reconnectAfterMs: () => 20 }

type Person = { id: string; supabase: SupabaseClient<Database> }

describe.each(LIVE_MODES)('what browsers hear by %s', (mode) => {
  const undo = new AsyncDisposableStack()
  const following: (() => void)[] = []
  let sql: Sql
  let url: string
  let keys: { publishable: string; secret: string }
  let sign: Awaited<ReturnType<typeof createTokens>>['sign']
  let ann: Person
  let ben: Person
  let admin: Person

  beforeAll(async () => {
    const directory = undo.adopt(await makeTemporaryDirectory(), (made) => made.remove())
    const { env, stop } = await startProjectStack({
      project: testProject,
      directory: directory.path,
      ports: ANY_PORT,
      appUrl: 'http://localhost:3000',
      quiet: true,
      // Changes of rows come through public channels.
      privateOnly: mode === 'broadcast',
    })
    undo.defer(stop)
    url = env.NEXT_PUBLIC_SUPABASE_URL
    keys = { publishable: env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, secret: env.SUPABASE_SECRET_KEY }
    sql = undo.adopt(postgres(env.DATABASE_URL, { max: 2, onnotice: () => {} }), (opened) => opened.end())
    ;({ sign } = await createTokens(directory.path))
    await setLiveMode(createClient<Database>(url, keys.secret, IN_MEMORY), mode)
    ;[ann, ben, admin] = [await createPerson('ann'), await createPerson('ben'), await createPerson('admin')]
    await sql`insert into user_roles (user_id, role) values (${admin.id}, 'admin')`
    undo.defer(async () => {
      for (const { supabase } of [ann, ben, admin]) await supabase.realtime.disconnect()
    })
  })
  afterAll(() => undo.disposeAsync())

  beforeEach(() => {
    vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
    vi.stubGlobal('window', Object.assign(new EventTarget(), { setTimeout, clearTimeout }))
    vi.stubGlobal('navigator', { onLine: true })
  })
  afterEach(() => {
    for (const stop of following.splice(0)) stop()
    vi.unstubAllGlobals()
  })

  async function createPerson(name: string): Promise<Person> {
    const login = { email: `${name}@example.com`, password: 'correct horse' }
    const { data, error } = await createClient(url, keys.secret, IN_MEMORY).auth.admin.createUser({
      ...login,
      email_confirm: true,
    })
    if (error) throw error
    const supabase = createClient<Database>(url, keys.publishable, { ...IN_MEMORY, realtime: FAST })
    await supabase.auth.signInWithPassword(login)
    return { id: data.user.id, supabase }
  }

  /** Follows tables as a page does, and resolves once changes are heard. */
  async function follow({ supabase }: Person, followed: Followed) {
    const heard: string[] = []
    const ready = Promise.withResolvers<void>()
    following.push(
      followChanges({ supabase, mode }, followed, {
        onChange: ({ table }) => heard.push(table),
        onReady: ready.resolve,
      }),
    )
    await ready.promise
    return heard
  }

  /** Follows a wallet as the header does, and resolves once it is live. */
  async function followWallet({ supabase }: Person, userId: string) {
    const rows: BalanceRow[] = []
    const ready = Promise.withResolvers<void>()
    following.push(
      followCredits({ supabase, mode }, userId, {
        onRow: (row) => rows.push(row),
        onStatus: (status) => status === 'live' && rows.length > 0 && ready.resolve(),
      }),
    )
    await ready.promise
    return rows
  }

  const spend = (userId: string) => sql`select deduct_credits(${userId}, 1)`
  const buy = (userId: string) =>
    sql`select record_checkout(${userId}, 'pro', ${`cks_${Math.random()}`}, 'dodopayments')`
  /** What the header shows: the newest row, since one that was read may come after a change that overtook it. */
  const shown = (rows: BalanceRow[]) =>
    rows
      .filter(({ creditType }) => creditType === 'general')
      .sort((one, other) => other.version - one.version)[0]?.balance
  async function balanceOf(userId: string): Promise<number> {
    const [wallet] = await sql<{ balance: number }[]>`
      select balance::int from credits where user_id = ${userId} and credit_type = 'general'`
    return wallet?.balance ?? 0
  }

  test('a charge reaches the header of its owner, and an admin who looks at the wallet', async () => {
    const own = await followWallet(ann, ann.id)
    const watched = await followWallet(admin, ann.id)
    await spend(ann.id)
    const balance = await balanceOf(ann.id)
    await expect.poll(() => [shown(own), shown(watched)]).toEqual([balance, balance])
  })

  test('a payment reaches its owner and the admin’s pages, and nobody else who asks for it', async () => {
    const tables = ['payments', 'subscriptions'] as const
    const own = await follow(ann, { tables, userId: ann.id })
    const everybody = await follow(admin, { tables })
    const other = await follow(ben, { tables, userId: ben.id })
    await buy(ann.id)
    await expect.poll(() => [own, everybody]).toEqual([['payments'], ['payments']])
    await buy(ben.id)
    await expect.poll(() => other).toEqual(['payments'])
    await expect.poll(() => everybody).toEqual(['payments', 'payments'])
    expect(own).toEqual(['payments'])
  })

  test('what may need an admin reaches the admin’s first page', async () => {
    const tables = ['job_runs', 'package_syncs', 'signup_bonuses'] as const
    const everybody = await follow(admin, { tables })
    await sql`select record_job_run('reconcile', p_error => 'The provider is down.')`
    await expect.poll(() => everybody).toContain('job_runs')
    await sql`select begin_product_sync('pro', 'dodopayments')`
    await expect.poll(() => everybody).toContain('package_syncs')
    await sql`update signup_bonuses set status = 'held' where user_id = ${ben.id}`
    await expect.poll(() => everybody).toContain('signup_bonuses')
  })

  test('whoever follows what is not theirs hears nothing of it', async () => {
    const heard: string[] = []
    for (const followed of [
      { tables: ['credits'], userId: ann.id },
      { tables: ['payments'], userId: ann.id },
      { tables: ['payments', 'payment_events', 'package_syncs', 'signup_bonuses', 'job_runs'] },
    ] as const) {
      const listener = { onChange: () => heard.push(followed.tables.join()), onReady: () => {} }
      following.push(followChanges({ supabase: ben.supabase, mode }, followed, listener))
    }
    const own = await followWallet(ben, ben.id)
    const watched = await followWallet(ann, ann.id)
    await sql`select record_job_run('reconcile')`
    await sql`select begin_product_sync('starter', 'dodopayments')`
    await sql`update signup_bonuses set status = 'granted' where user_id = ${ann.id}`
    await spend(ann.id)
    await buy(ann.id)
    await expect.poll(() => shown(watched)).toBe(await balanceOf(ann.id))
    // What ben may see comes after it: once that is here, all the rest would be.
    await spend(ben.id)
    await expect.poll(() => shown(own)).toBe(await balanceOf(ben.id))
    expect(heard).toEqual([])
  })

  test('nobody puts a made-up balance into a header', async () => {
    const rows = await followWallet(ann, ann.id)
    const record = { user_id: ann.id, credit_type: 'general', balance: 1_000_000, version: 1_000 }
    const message = { type: 'broadcast', event: 'change', payload: { table: 'credits', record } } as const
    const answers: unknown[] = []
    for (const name of [`owner:${ann.id}`, `credits:${ann.id}`, `owner:${ben.id}`]) {
      for (const isPrivate of [true, false]) {
        const sender = (await createSender(ben)).channel(name, {
          config: { private: isPrivate, broadcast: { ack: true } },
        })
        await settled(sender)
        answers.push(await sender.httpSend(message.event, message.payload).catch(() => 'refused'))
        // It is sent at once; by a private channel nothing answers.
        await sender.send(message, { timeout: 50 }).catch(() => {})
      }
    }
    expect(answers).toHaveLength(6)
    await spend(ann.id)
    await expect.poll(() => shown(rows)).toBe(await balanceOf(ann.id))
    expect(rows.some(({ balance }) => balance === 1_000_000)).toBe(false)
  })

  test('a token that has run out hears nothing', async () => {
    const expired = await sign({ sub: ann.id, role: 'authenticated', exp: Date.now() / 1000 - 5 })
    const supabase = createClient<Database>(url, keys.publishable, {
      realtime: FAST,
      accessToken: async () => expired,
    })
    undo.defer(async () => void (await supabase.realtime.disconnect()))
    const statuses: boolean[] = []
    const heard: string[] = []
    following.push(
      followChanges(
        { supabase, mode },
        { tables: ['credits'], userId: ann.id },
        {
          onChange: ({ table }) => heard.push(table),
          onReady: () => {},
          onStatus: (isSubscribed) => statuses.push(isSubscribed),
        },
      ),
    )
    await expect.poll(() => statuses.length).toBeGreaterThan(0)
    const rows = await followWallet(ann, ann.id)
    await spend(ann.id)
    await expect.poll(() => shown(rows)).toBe(await balanceOf(ann.id))
    expect([statuses.includes(true), heard]).toEqual([false, []])
  })

  test('what changed while the connection was lost is there once it is back', async () => {
    const rows = await followWallet(ann, ann.id)
    await ann.supabase.realtime.disconnect()
    await spend(ann.id)
    const balance = await balanceOf(ann.id)
    ann.supabase.realtime.connect()
    await expect.poll(() => shown(rows)).toBe(balance)
    await spend(ann.id)
    await expect.poll(() => shown(rows)).toBe(balance - 1)
  })

  test('the server hears of every wallet, for its cache', async () => {
    const supabase = createClient(url, keys.secret, IN_MEMORY)
    const changed: string[] = []
    const hears = Promise.withResolvers<void>()
    followWallets(supabase, {
      onChange: (userId) => changed.push(userId),
      onHearing: (isHearing) => isHearing && hears.resolve(),
    })
    await hears.promise
    for (const { id } of [ann, ben]) await spend(id)
    await expect.poll(() => [...new Set(changed)]).toEqual([ann.id, ben.id])
    await supabase.removeAllChannels()
  })

  async function createSender({ supabase }: Person) {
    const { data } = await supabase.auth.getSession()
    const token = data.session?.access_token ?? ''
    const sender = createClient(url, keys.publishable, { accessToken: async () => token })
    await sender.realtime.setAuth()
    undo.defer(async () => void (await sender.realtime.disconnect()))
    return sender
  }
})

/** Resolves with whatever the join leads to. */
function settled(channel: RealtimeChannel): Promise<string> {
  return new Promise((resolve) => channel.subscribe(resolve))
}
