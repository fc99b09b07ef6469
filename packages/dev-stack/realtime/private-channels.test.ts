import type { RealtimeChannel, RealtimeChannelOptions, SupabaseClient } from '@supabase/supabase-js'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { ANN, BEN, eventually, type Fixture, SECRET_KEY, startFixture } from './testing.ts'

/** What a migration of a product says, as the owner of its tables. */
const MIGRATION = `
  create policy "read one's own channel" on realtime.messages for select to authenticated
    using (
      realtime.topic() = 'user:' || (current_setting('request.jwt.claims', true)::jsonb ->> 'sub')
      and extension = 'broadcast'
    );
  create policy "read the hall" on realtime.messages for select to authenticated
    using (realtime.topic() = 'hall');
  create policy "Ann speaks in the hall" on realtime.messages for insert to authenticated
    with check (
      realtime.topic() = 'hall'
      and current_setting('request.jwt.claims', true)::jsonb ->> 'sub' = '${ANN}'
    );
  create policy "broken" on realtime.messages for select to authenticated
    using (case when realtime.topic() = 'broken' then topic::int = 1 else false end);
  create function public.tell_balance() returns trigger language plpgsql security definer set search_path = '' as $$
  begin
    perform realtime.broadcast_changes(
      'user:' || new.user_id, tg_op, tg_op, tg_table_name, tg_table_schema, new, old
    );
    return null;
  end $$;
  create trigger tell_balance after insert or update on public.wallets
    for each row execute function public.tell_balance();`

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
  await fixture.sql.unsafe(MIGRATION)
})
afterAll(() => fixture.close())
afterEach(async () => {
  await fixture.sql`truncate wallets, realtime.messages`
})

type Heard = { event: string; payload: Record<string, unknown>; meta?: { id: string; replayed?: boolean } }

/** Joins a channel, private unless told otherwise, and records what is broadcast there. */
async function join(
  client: SupabaseClient,
  name: string,
  config: RealtimeChannelOptions['config'] = {},
): Promise<{ channel: RealtimeChannel; heard: Heard[]; statuses: string[]; errors: string[] }> {
  const channel = client.channel(name, { config: { private: true, ...config } })
  const heard: Heard[] = []
  const statuses: string[] = []
  const errors: string[] = []
  channel.on('broadcast', { event: '*' }, ({ event, payload, meta }) => heard.push({ event, payload, meta }))
  await new Promise((resolve) => {
    channel.subscribe((status, error) => {
      statuses.push(status)
      if (error) errors.push(error.message)
      resolve(status)
    })
  })
  return { channel, heard, statuses, errors }
}

test('a change of a row is broadcast to its owner, and to nobody else', async () => {
  const ann = await join(await fixture.userClient(ANN), `user:${ANN}`)
  const ben = await join(await fixture.userClient(BEN), `user:${BEN}`)
  await fixture.sql`insert into wallets (user_id, balance) values (${ANN}, 5)`
  await fixture.sql`update wallets set balance = 7`
  await fixture.sql`select realtime.send('{"last": true}', 'done', ${`user:${BEN}`})`
  await eventually(() => expect(ben.heard).toHaveLength(1))
  await eventually(() => expect(ann.heard).toHaveLength(2))
  expect(ann.heard).toMatchObject([
    {
      event: 'INSERT',
      payload: { operation: 'INSERT', table: 'wallets', schema: 'public', record: { balance: 5 } },
      meta: { id: expect.any(String) },
    },
    { event: 'UPDATE', payload: { record: { balance: 7 }, old_record: { balance: 5 } } },
  ])
  expect(ben.heard).toMatchObject([{ event: 'done', payload: { last: true, id: expect.any(String) } }])
})

test('who may not read a channel is told so, whatever the reason', async () => {
  const ben = await fixture.userClient(BEN)
  for (const name of [`user:${ANN}`, 'unheard-of', 'broken']) {
    const { statuses, errors } = await join(ben, name)
    expect(statuses[0]).toBe('CHANNEL_ERROR')
    expect(errors[0]).toContain(`You do not have permissions to read from this Channel topic: ${name}`)
    await ben.removeAllChannels()
  }
  const nobody = await join(await fixture.connect('sb_publishable_test'), 'hall')
  expect(nobody.statuses[0]).toBe('CHANNEL_ERROR')
})

test('the secret key may join and write everywhere', async () => {
  const service = await fixture.connect(SECRET_KEY, '2.0.0', SECRET_KEY)
  const { channel, statuses } = await join(service, `user:${ANN}`, { broadcast: { ack: true } })
  expect(statuses).toEqual(['SUBSCRIBED'])
  expect(await channel.send({ type: 'broadcast', event: 'say', payload: {} })).toBe('ok')
})

test('only who may write is heard, and the private channel hears nothing of the public one', async () => {
  const listener = await join(await fixture.userClient(BEN), 'hall')
  const ben = await join(await fixture.userClient(BEN), 'hall', { broadcast: { ack: true } })
  const ann = await join(await fixture.userClient(ANN), 'hall', { broadcast: { ack: true } })
  const outside = await join(await fixture.userClient(BEN), 'hall', { private: false })
  const say = (channel: RealtimeChannel, text: string, timeout?: number) =>
    channel.send({ type: 'broadcast', event: 'say', payload: { text } }, { timeout })
  expect(await say(ben.channel, 'not allowed', 200)).toBe('timed out')
  await say(outside.channel, 'outside')
  expect(await say(ann.channel, 'hello')).toBe('ok')
  await eventually(() => expect(listener.heard).toHaveLength(1))
  expect(listener.heard[0]?.payload).toEqual({ text: 'hello' })
  expect(outside.heard).toEqual([])
})

test('presence follows the policies as well', async () => {
  const enter = async (user: string) => {
    const { channel } = await join(await fixture.userClient(user), 'hall', {
      presence: { key: user, enabled: true },
    })
    return channel
  }
  const [ann, ben] = [await enter(ANN), await enter(BEN)]
  expect(await ben.track({ here: true }, { timeout: 200 })).toBe('timed out')
  expect(await ann.track({ here: true })).toBe('ok')
  await eventually(() => expect(Object.keys(ben.presenceState())).toEqual([ANN]))
})

test('httpSend broadcasts without a socket, to private channels by their policies', async () => {
  const listener = await join(await fixture.userClient(BEN), 'hall')
  const open = await join(await fixture.userClient(BEN), 'lobby: all', { private: false })
  const send = async (user: string, name: string, isPrivate: boolean, payload: unknown = { text: user }) => {
    const client = await fixture.userClient(user)
    return client.channel(name, { config: { private: isPrivate } }).httpSend('say/it', payload)
  }
  expect(await send(ANN, 'hall', true)).toEqual({ success: true })
  await expect(send(BEN, 'hall', true)).rejects.toThrow('Unauthorized')
  expect(await send(BEN, 'lobby: all', false)).toEqual({ success: true })
  expect(await send(BEN, 'lobby: all', false, new Uint8Array([1, 255]))).toEqual({ success: true })
  await eventually(() => expect(open.heard).toHaveLength(2))
  expect(open.heard.map(({ payload }) => payload)).toEqual([{ text: BEN }, new Uint8Array([1, 255]).buffer])
  expect(listener.heard).toMatchObject([{ event: 'say/it', payload: { text: ANN } }])
  const client = await fixture.userClient(ANN)
  const kept = client.channel('hall', { config: { private: true } }).httpSend('say', {}, { persist: true })
  await expect(kept).rejects.toThrow('realtime.send')
})

test('a send before the channel has joined goes over HTTP', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const open = await join(await fixture.userClient(BEN), 'early', { private: false })
  const sender = (await fixture.userClient(ANN)).channel('early')
  expect(await sender.send({ type: 'broadcast', event: 'say', payload: { text: 'hi' } })).toBe('ok')
  await eventually(() => expect(open.heard).toMatchObject([{ event: 'say', payload: { text: 'hi' } }]))
})

test('HTTP asks for a key, and refuses what it cannot read', async () => {
  const url = `${fixture
    .socketUrl()
    .replace('ws:', 'http:')
    .replace(/\/websocket.*/, '')}/api/broadcast`
  const post = (headers: Record<string, string>, body: string, path = '') =>
    fetch(url + path, { method: 'POST', headers, body })
  const key = { apikey: 'sb_publishable_test' }
  expect((await post({}, '{}')).status).toBe(401)
  expect((await post({ apikey: 'wrong' }, '{}')).status).toBe(401)
  expect((await post(key, '{"messages": []}')).status).toBe(422)
  expect((await post(key, '{', '/a/events/b')).status).toBe(400)
  expect((await post(key, JSON.stringify('x'.repeat(300_000)), '/a/events/b')).status).toBe(422)
  expect((await fetch(url)).status).toBe(404)
})

test('a token that may not read ends the channel', async () => {
  let token = await fixture.token(ANN)
  const client = await fixture.connect(async () => token)
  const { statuses } = await join(client, `user:${ANN}`)
  token = await fixture.token(BEN)
  await client.realtime.setAuth()
  await eventually(() => expect(statuses).toEqual(['SUBSCRIBED', 'CLOSED']))
})

test('what was sent before is replayed, once, the newest last', async () => {
  const earlier = await join(await fixture.userClient(ANN), `user:${ANN}`)
  for (const number of [1, 2, 3])
    await fixture.sql`select realtime.send(${fixture.sql.json({ number })}, 'count', ${`user:${ANN}`})`
  // None is still on its way, which would come as a new one.
  await eventually(() => expect(earlier.heard).toHaveLength(3))
  const { heard } = await join(await fixture.userClient(ANN), `user:${ANN}`, {
    broadcast: { replay: { since: Date.now() - 60_000, limit: 2 } },
  })
  await fixture.sql`select realtime.send('{"number": 4}', 'count', ${`user:${ANN}`})`
  await eventually(() => expect(heard).toHaveLength(3))
  expect(heard.map(({ payload, meta }) => [payload.number, meta?.replayed ?? false])).toEqual([
    [2, true],
    [3, true],
    [4, false],
  ])
})

test('while the database is not followed messages are lost and nobody is told, as on hosted Realtime', async () => {
  const { heard, statuses } = await join(await fixture.userClient(ANN), `user:${ANN}`)
  const send = () => fixture.sql`select realtime.send('{}', 'say', ${`user:${ANN}`})`
  await fixture.admin`select pg_terminate_backend(pid) from pg_stat_replication`
  await eventually(async () => {
    await send()
    expect(heard).not.toEqual([])
  })
  expect(statuses).toEqual(['SUBSCRIBED'])
})

test('who asks is told when the database is followed', async () => {
  const channel = (await fixture.userClient(ANN)).channel('ready', {
    config: { broadcast: { replication_ready: true } },
  })
  const messages: unknown[] = []
  channel.on('system', {}, (message) => messages.push(message)).subscribe()
  await eventually(() =>
    expect(messages).toMatchObject([{ status: 'ok', message: 'Replication connection established' }]),
  )
})

test('where public access is switched off, no channel but a private one is joined', async () => {
  const strict = await startFixture({ privateOnly: true })
  try {
    await strict.sql.unsafe(MIGRATION)
    const ann = await strict.userClient(ANN)
    const { statuses, errors } = await join(ann, 'hall', { private: false })
    expect(statuses[0]).toBe('CHANNEL_ERROR')
    expect(errors[0]).toContain('PrivateOnly: This project only allows private channels')
    await ann.removeAllChannels()
    expect((await join(ann, 'hall')).statuses).toEqual(['SUBSCRIBED'])
  } finally {
    await strict.close()
  }
})

test('asking about policies leaves no message behind', async () => {
  await join(await fixture.userClient(ANN), 'hall')
  expect(await fixture.admin`select from realtime.messages`).toHaveLength(0)
})
