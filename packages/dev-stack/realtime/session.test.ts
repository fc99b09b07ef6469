import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { ANN, BEN, eventually, type Fixture, follow, startFixture, tryToFollow } from './testing.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.close())

/** Changes a user's wallet, so that whoever follows it hears of it. */
async function touch(userId: string): Promise<void> {
  await fixture.sql`
    insert into wallets (user_id, balance) values (${userId}, 1)
    on conflict (user_id, kind) do update set balance = wallets.balance + 1`
}

describe('tokens', () => {
  test('a channel ends when its token expires, and says why', async () => {
    const client = await fixture.connect(await fixture.token(ANN, { seconds: 5 }))
    const { channel, statuses } = await follow(client)
    const messages: unknown[] = []
    channel.on('system', {}, (message) => messages.push(message))
    await eventually(() => expect(statuses.seen).toEqual(['SUBSCRIBED', 'CLOSED']))
    expect(messages).toContainEqual({
      extension: 'system',
      status: 'error',
      message: 'Token has expired',
      channel: 'test',
    })
  })

  test('a refreshed token keeps the subscription past the end of the first', async () => {
    let token = await fixture.token(ANN, { seconds: 5 })
    const client = await fixture.connect(async () => token)
    const short = await fixture.connect(token)
    const kept = await follow(client)
    const ended = await follow(short)
    token = await fixture.token(ANN)
    await client.realtime.setAuth()
    await eventually(() => expect(ended.statuses.seen).toContain('CLOSED'))
    await touch(ANN)
    await eventually(() => expect(kept.changes).toHaveLength(1))
    expect(kept.statuses.seen).toEqual(['SUBSCRIBED'])
  })

  test('a channel reads as whom its newest token names', async () => {
    let token = await fixture.token(ANN)
    const client = await fixture.connect(async () => token)
    const { changes } = await follow(client)
    token = await fixture.token(BEN)
    await client.realtime.setAuth()
    await eventually(async () => {
      await touch(BEN)
      expect(changes.at(-1)?.new).toMatchObject({ user_id: BEN })
    })
    await touch(ANN)
    await fixture.sql`update wallets set balance = 1000 where user_id = ${BEN}`
    await eventually(() => expect(changes.at(-1)?.new).toMatchObject({ balance: 1000 }))
    expect(new Set(changes.map((change) => 'user_id' in change.new && change.new.user_id))).toEqual(
      new Set([BEN]),
    )
  })

  test.each([
    ['an expired token', () => fixture.token(ANN, { seconds: -5 }), 'Token has expired'],
    ['a forged token', async () => `${(await fixture.token(ANN)).slice(0, -6)}AAAAAA`, 'JWT signature'],
    ['a token for a superuser', () => fixture.token(ANN, { role: 'supabase_admin' }), 'role'],
  ])('%s is refused at the join', async (_name, makeToken, reason) => {
    const client = await fixture.connect(await makeToken())
    const { statuses } = await tryToFollow(client)
    expect(statuses).toMatchObject({ seen: ['CHANNEL_ERROR'], errors: [expect.stringContaining(reason)] })
  })

  test('a forged refresh ends the channel', async () => {
    let token = await fixture.token(ANN)
    const client = await fixture.connect(async () => token)
    const { statuses } = await follow(client)
    token = `${token.slice(0, -6)}AAAAAA`
    await client.realtime.setAuth()
    await eventually(() => expect(statuses.seen).toEqual(['SUBSCRIBED', 'CLOSED']))
  })
})

describe('joins', () => {
  test('a topic can be left and joined again on the same socket', async () => {
    const client = await fixture.userClient(ANN)
    const first = await follow(client)
    await client.removeChannel(first.channel)
    const second = await follow(client)
    await touch(ANN)
    await eventually(() => expect(second.changes).toHaveLength(1))
    expect(first.changes).toEqual([])
  })

  test('a second join of a topic takes the place of the first', async () => {
    const socket = await open()
    const { received, send } = talk(socket)
    send(['1', '1', 'realtime:same', 'phx_join', {}])
    send(['2', '2', 'realtime:same', 'phx_join', {}])
    send(['1', '3', 'realtime:same', 'phx_leave', {}])
    send(['2', '4', 'realtime:same', 'broadcast', { event: 'lost' }])
    send(['2', '5', 'realtime:same', 'phx_leave', {}])
    await eventually(() =>
      expect(received.at(-1)).toMatchObject(['2', '2', 'realtime:same', 'phx_close', {}]),
    )
    expect(received).toMatchObject([
      ['1', '1', 'realtime:same', 'phx_close', {}],
      ['1', '3', 'realtime:same', 'phx_reply', { status: 'ok' }],
      ['2', '4', 'realtime:same', 'phx_reply', { status: 'error' }],
      ['2', '5', 'realtime:same', 'phx_reply', { status: 'ok' }],
      ['2', '2', 'realtime:same', 'phx_close', {}],
    ])
  })

  test.each([
    ['an unpublished table', { table: 'hidden' }, 'public.hidden is not in the publication'],
    ['a table without a key', { table: 'keyless' }, 'public.keyless has no primary key'],
    ['an unknown column', { filter: 'nope=eq.1' }, 'no column "nope"'],
    ['an unknown operator', { filter: 'kind=sounds.like' }, 'write column=operator.value'],
    ['a value of the wrong type', { filter: 'user_id=eq.me' }, 'does not fit "user_id"'],
    ['an order the type does not have', { table: 'notes', filter: 'mood=gt.calm' }, 'eq, neq and in only'],
  ])('%s is refused in a sentence', async (_name, following, reason) => {
    const { statuses } = await tryToFollow(await fixture.userClient(ANN), following)
    expect(statuses).toMatchObject({ seen: ['CHANNEL_ERROR'], errors: [expect.stringContaining(reason)] })
  })

  test('the change feed announces itself, with and without `wait`', async () => {
    const client = await fixture.userClient(ANN)
    const messages: unknown[] = []
    client
      .channel('ready')
      .on('postgres_changes', { event: '*', schema: 'public', table: 'wallets' }, () => {})
      .on('system', {}, (message) => messages.push(message))
      .subscribe()
    const ready = {
      extension: 'postgres_changes',
      status: 'ok',
      message: 'Subscribed to PostgreSQL',
      channel: 'ready',
    }
    await eventually(() => expect(messages).toEqual([ready]))
  })
})

describe('sockets', () => {
  test('a missing or wrong key is answered with 401', async () => {
    for (const key of ['', 'sb_publishable_wrong']) {
      const socket = new WebSocket(fixture.socketUrl(key))
      const message = await new Promise((resolve) => socket.on('error', (error) => resolve(error.message)))
      expect(message).toBe('Unexpected server response: 401')
    }
  })

  test('a heartbeat is answered and keeps the socket; silence ends it', async () => {
    const impatient = await startFixture({ silenceLimit: 2_000 })
    onTestFinished(() => impatient.close())
    const silent = await open(impatient)
    const { received, send } = talk(await open(impatient))
    const beat = setInterval(() => send([null, 'h', 'phoenix', 'heartbeat', {}]), 200)
    await closed(silent)
    const beats = received.length
    expect(received[0]).toEqual([null, 'h', 'phoenix', 'phx_reply', { status: 'ok', response: {} }])
    await eventually(() => expect(received.length).toBeGreaterThan(beats))
    clearInterval(beat)
  })

  test('what is not a frame, or too large, ends the socket', async () => {
    for (const [message, code] of [
      ['{"no": "frame"}', 1007],
      [`"${'x'.repeat(300_000)}"`, 1009],
    ] as const) {
      const socket = await open()
      socket.send(message)
      expect(await closed(socket)).toBe(code)
    }
  })

  test('who does not read what it is sent is dropped', async () => {
    const slow = await open()
    const { send } = talk(slow)
    const channel = (await fixture.userClient(ANN)).channel('flood', { config: { broadcast: { ack: true } } })
    await new Promise((resolve) => channel.subscribe(resolve))
    send(['1', '1', 'realtime:flood', 'phx_join', {}])
    await eventually(() => expect(slow.bufferedAmount).toBe(0))
    slow.pause()
    let reads = true
    slow.on('close', () => {
      reads = false
    })
    const payload = { text: 'x'.repeat(200_000) }
    for (let sent = 0; sent < 60; sent++) await channel.send({ type: 'broadcast', event: 'flood', payload })
    slow.resume()
    await eventually(() => expect(reads).toBe(false))
  })
})

function open({ socketUrl } = fixture): Promise<WebSocket> {
  const socket = new WebSocket(socketUrl())
  return new Promise((resolve, reject) => socket.on('open', () => resolve(socket)).on('error', reject))
}

function closed(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.on('close', resolve))
}

function talk(socket: WebSocket) {
  const received: unknown[] = []
  socket.on('message', (data) => received.push(JSON.parse(String(data))))
  return { received, send: (frame: unknown) => socket.send(JSON.stringify(frame)) }
}
