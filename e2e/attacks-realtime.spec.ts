import type { SupabaseClient } from '@supabase/supabase-js'
import { expect, test } from './fixtures.ts'
import { AppHeader } from './pages/index.ts'
import { createAccount } from './support/accounts.ts'
import { charge } from './support/ledger.ts'
import { openClient } from './support/supabase.ts'

const SERVED_TABLES = ['credits', 'payments']
const clients: SupabaseClient[] = []
test.afterEach(() => Promise.all(clients.splice(0).map((client) => client.realtime.disconnect())))

async function connect(...who: Parameters<typeof openClient>) {
  const client = await openClient(...who)
  clients.push(client)
  await client.realtime.setAuth()
  return client
}

/** Joins a topic and keeps what arrives of the tables that are published, of all rows or those that a filter names. */
async function follow(client: SupabaseClient, topic: string, filter?: string) {
  const owners: string[] = []
  const channel = client.channel(topic, { config: { postgres_changes_options: { wait: true } } })
  for (const table of SERVED_TABLES) {
    channel.on<{ user_id: string }>(
      'postgres_changes',
      { event: '*', schema: 'public', table, filter },
      (change) => owners.push('user_id' in change.new ? change.new.user_id : 'unknown'),
    )
  }
  const joined = Promise.withResolvers<string>()
  channel.subscribe((status) => joined.resolve(status))
  return { status: await joined.promise, owners, channel }
}

test('whoever joins the filter of somebody else receives nothing', async ({ user, sql }) => {
  const victim = await createAccount()
  const aimed = `user_id=eq.${victim.id}`
  const [own, attacker, stranger] = [await connect(victim), await connect(user), await connect()]
  const victims = await follow(own, `credits:${victim.id}`, aimed)
  const curious = [
    await follow(attacker, `credits:${victim.id}`, aimed),
    await follow(stranger, `credits:${victim.id}`, aimed),
    await follow(stranger, 'everything'),
  ]
  const everything = await follow(attacker, 'everything')
  for (const { status } of [victims, everything]) expect(status).toBe('SUBSCRIBED')

  await charge(sql, victim.id)
  await sql`select record_checkout(${victim.id}, 'pro', ${`cks_${victim.id}`}, 'dodopayments')`
  await expect.poll(() => victims.owners).toEqual([victim.id, victim.id])
  // What the attacker is meant to see comes after it: once that is here, all the rest would be.
  await charge(sql, user.id)
  await expect.poll(() => everything.owners).toEqual([user.id])
  expect(curious.map(({ owners }) => owners)).toEqual([[], [], []])
})

test('nobody joins with a token that is made up', async ({ user }) => {
  const { data } = await (await openClient(user)).auth.getSession()
  const [header, payload, signature] = data.session?.access_token.split('.') ?? []
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString())
  const raised = Buffer.from(JSON.stringify({ ...claims, role: 'service_role' })).toString('base64url')
  const { status, owners } = await follow(await connect(`${header}.${raised}.${signature}`), 'everything')
  expect(status).not.toBe('SUBSCRIBED')
  expect(owners).toEqual([])
})

test('nobody puts a made-up balance on the page of somebody else', async ({ user, openBrowser, sql }) => {
  const victim = await createAccount()
  const page = await openBrowser(victim)
  await page.goto('/dashboard')
  const header = new AppHeader(page)
  await header.isLive()
  await expect(header.balance).toHaveText('100')

  // The very topic the page listens on, and everything a page might take for the database's word.
  const topic = `credits:${victim.id}`
  const { channel } = await follow(await connect(user), topic)
  const record = { user_id: victim.id, credit_type: 'general', balance: 1_000_000, version: 1_000 }
  const data = { schema: 'public', table: 'credits', type: 'UPDATE', record, columns: [], errors: null }
  for (const event of ['postgres_changes', 'system', 'broadcast', 'phx_close']) {
    for (const ids of [[0], [1], [2]]) {
      const payload = { ids, data, event: 'postgres_changes', payload: { ids, data }, status: 'ok' }
      channel.socket.push({ topic: `realtime:${topic}`, event, payload, ref: '9' })
    }
  }
  await channel.send({ type: 'broadcast', event: 'postgres_changes', payload: { ids: [0], data } })

  await charge(sql, victim.id)
  await expect(header.balance).toHaveText('99')
  await header.isLive()
})
