import postgres, { type Sql } from 'postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'
import { createBuyer, openCheckout } from './events.ts'

let engine: Engine
let sql: Sql
let superuser: Sql
beforeAll(async () => {
  engine = await openEngine({ connections: 2 })
  sql = engine.owner
  superuser = postgres(engine.database.adminUrl, { max: 1, onnotice: () => {} })
})
afterAll(async () => {
  await superuser.end()
  await engine.close()
})
afterEach(async () => {
  await setMode('changes')
  await superuser`truncate realtime.messages`
})

async function setMode(mode: string): Promise<string> {
  const [row] = await engine.server<{ mode: string }[]>`select set_live_mode(${mode}) as mode`
  return row?.mode ?? ''
}
async function mode(): Promise<string> {
  const [row] = await engine.server<{ mode: string }[]>`select live_mode() as mode`
  return row?.mode ?? ''
}
type Message = { topic: string; event: string; private: boolean; payload: Record<string, unknown> }
const sent = () =>
  superuser<
    Message[]
  >`select topic, event, private, payload - 'id' as payload from realtime.messages order by inserted_at, topic`
const spend = (userId: string) => engine.call('deduct_credits', { p_user_id: userId, p_amount: 3 })

describe('what the database tells', () => {
  test('nothing unless it was told to, and nothing once it was told to stop', async () => {
    const user = await engine.createUser({ balance: 10 })
    expect(await mode()).toBe('changes')
    await setMode('broadcast')
    await setMode('changes')
    await spend(user)
    expect(await sent()).toEqual([])
  })

  test('the owner what is in a wallet, and no more of it', async () => {
    const user = await engine.createUser({ balance: 10 })
    expect(await setMode('broadcast')).toBe('broadcast')
    await spend(user)
    expect([...(await sent())]).toEqual([
      {
        topic: `owner:${user}`,
        event: 'change',
        private: true,
        payload: { table: 'credits', record: { credit_type: 'general', balance: 7, version: 2 } },
      },
    ])
  })

  test('each owner of a batch once', async () => {
    const users = [await engine.createUser({ balance: 10 }), await engine.createUser({ balance: 10 })]
    await setMode('broadcast')
    const entries = users.map((user_id) => ({ user_id, amount: 4, action: 'batch' }))
    await engine.server`select deduct_many(${engine.server.json(entries)})`
    const topics = (await sent()).map(({ topic }) => topic)
    expect(topics.sort()).toEqual(users.map((user) => `owner:${user}`).sort())
  })

  test('the owner and the admins that there is a payment, the admins alone that there is an event', async () => {
    const buyer = await createBuyer(engine)
    await setMode('broadcast')
    await openCheckout(engine, buyer)
    expect((await sent()).map(({ topic, payload }) => [topic, payload])).toEqual([
      ['admins', { table: 'payments' }],
      [`owner:${buyer.userId}`, { table: 'payments' }],
    ])
    await superuser`truncate realtime.messages`
    const event = { p_id: 'msg_1', p_type: 'payment.succeeded', p_payload: { secret: 1 } }
    await engine.call('store_payment_event', { ...event, p_provider: 'dodopayments' })
    expect((await sent()).map(({ topic, payload }) => [topic, payload])).toEqual([
      ['admins', { table: 'payment_events' }],
    ])
  })

  test('nothing of what is undone', async () => {
    const user = await engine.createUser({ balance: 10 })
    await setMode('broadcast')
    await engine.server
      .begin(async (transaction) => {
        await transaction`select deduct_credits(${user}, 1)`
        throw new Error('undone')
      })
      .catch(() => {})
    expect(await sent()).toEqual([])
  })

  test('a message that cannot be stored undoes no charge', async () => {
    const user = await engine.createUser({ balance: 10 })
    await setMode('broadcast')
    await superuser`alter table realtime.messages add constraint full_up check (topic is null)`
    expect(await spend(user)).toMatchObject({ ok: true, balance: 7 })
    await superuser`alter table realtime.messages drop constraint full_up`
    expect(await sent()).toEqual([])
    await engine.expectSoundLedger()
  })
})

describe('switching', () => {
  test('a mode that does not exist changes nothing', async () => {
    await expect(setMode('carrier pigeon')).rejects.toMatchObject({ code: '22023' })
    await expect(engine.server`select set_live_mode(null)`).rejects.toMatchObject({ code: '22023' })
    expect(await mode()).toBe('changes')
  })

  test('it is told in the audit trail, once', async () => {
    const told = async () =>
      (await sql`select details from audit_logs where action = 'live_mode.set'`).map(({ details }) => details)
    const before = await told()
    await setMode('broadcast')
    await setMode('broadcast')
    expect((await told()).slice(before.length)).toEqual([{ mode: 'broadcast' }])
  })

  test('it gives up before a charge that it would wait for is harmed, and leaves nothing half switched', async () => {
    const user = await engine.createUser({ balance: 10 })
    await sql.begin(async (charge) => {
      // Any of the tables: it locks them in an order of its own.
      await charge`update payments set updated_at = updated_at where false`
      await charge`select deduct_credits(${user}, 1)`
      await expect(setMode('broadcast')).rejects.toMatchObject({ code: '55P03' })
    })
    expect((await engine.wallet(user)).balance).toBe(9)
    expect(await mode()).toBe('changes')
    const on = await sql`select from pg_trigger where tgname like 'broadcast_to_%' and tgenabled <> 'D'`
    expect(on).toHaveLength(0)
  })

  test('while charges go on, each of them goes through', async () => {
    const user = await engine.createUser({ balance: 100 })
    const charges = Array.from({ length: 30 }, () => spend(user))
    for (const to of ['broadcast', 'changes', 'broadcast']) {
      const attempt = (): Promise<string> =>
        setMode(to).catch((error) => (error.code === '55P03' ? attempt() : Promise.reject(error)))
      await attempt()
    }
    expect((await Promise.all(charges)).every(({ ok }) => ok)).toBe(true)
    expect((await engine.wallet(user)).balance).toBe(10)
  })
})

describe('who hears a topic', () => {
  /** What the policies let somebody do on a topic, asked as Realtime asks: a message is written, and read as them. */
  async function access(userId: string | null, topic: string, extension = 'broadcast') {
    const session = userId && (await engine.signIn(userId))
    const role = userId ? 'authenticated' : 'anon'
    const claims = JSON.stringify({ role, sub: userId ?? undefined, session_id: session ?? undefined })
    let reads = false
    let writes = true
    await superuser
      .begin(async (transaction) => {
        await transaction`insert into realtime.messages (topic, extension) values (${topic}, ${extension})`
        await transaction`
          select
            set_config('role', ${role}, true), set_config('realtime.topic', ${topic}, true),
            set_config('request.jwt.claims', ${claims}, true)`
        reads = (await transaction`select from realtime.messages`).length > 0
        await transaction`insert into realtime.messages (topic, extension) values (${topic}, ${extension})`
        throw new Error('undone')
      })
      .catch((error) => {
        writes = error.message === 'undone'
      })
    return { reads, writes }
  }
  const NOTHING = { reads: false, writes: false }
  const HEARS = { reads: true, writes: false }

  test('people their own, and nobody else’s', async () => {
    const [ann, ben] = [await engine.createUser(), await engine.createUser()]
    expect(await access(ann, `owner:${ann}`)).toEqual(HEARS)
    for (const topic of [`owner:${ben}`, 'owner:', 'owner:%', 'admins', `owner:${ann} `, `OWNER:${ann}`, ann])
      expect([topic, await access(ann, topic)]).toEqual([topic, NOTHING])
    expect(await access(null, `owner:${ann}`)).toEqual(NOTHING)
    expect(await access(null, 'owner:')).toEqual(NOTHING)
    expect(await access(ann, `owner:${ann}`, 'presence')).toEqual(NOTHING)
  })

  test('an admin everybody’s and the admins’, and no longer once dismissed', async () => {
    const [ann, admin] = [await engine.createUser(), await engine.createAdmin()]
    for (const topic of [`owner:${ann}`, 'admins']) expect(await access(admin, topic)).toEqual(HEARS)
    for (const topic of ['admins:all', 'a', 'administrators'])
      expect([topic, await access(admin, topic)]).toEqual([topic, NOTHING])
    await sql`delete from user_roles where user_id = ${admin}`
    for (const topic of [`owner:${ann}`, 'admins']) expect(await access(admin, topic)).toEqual(NOTHING)
    expect(await access(admin, `owner:${admin}`)).toEqual(HEARS)
  })
})
