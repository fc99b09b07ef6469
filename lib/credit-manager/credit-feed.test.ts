import { createClient } from '@supabase/supabase-js'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { LIVE_MODES, type LiveMode } from '@/lib/env/live-mode'
import { GrantingSocket, type SocketFrame } from '@/lib/supabase/live/testing'
import { followCredits } from './credit-feed'
import type { BalanceRow, LiveStatus } from './types'

const user = 'user-1'
const sockets: FakeSocket[] = []
let joins: string[] = []
/** The access token that each join carried. */
let tokens: unknown[] = []
let topics: [topic: string, isPrivate: boolean][] = []
let answer: () => Response
let reads = 0
/** Whether no socket opens, as behind some firewalls. */
let blocked = false

class FakeSocket extends GrantingSocket {
  constructor() {
    super()
    sockets.push(this)
  }

  override connect(): void {
    if (blocked) this.onclose?.()
    else super.connect()
  }

  override onSent([joinRef, , topic, event, payload]: SocketFrame): void {
    if (event !== 'phx_join') return
    joins.push(joinRef ?? '')
    tokens.push(payload.access_token)
    topics.push([topic, Object(payload.config).private])
  }
}

function follow(mode: LiveMode) {
  const rows: BalanceRow[] = []
  const statuses: LiveStatus[] = []
  const supabase = createClient('http://127.0.0.1:1', 'sb_publishable_test', {
    accessToken: async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return 'token'
    },
    global: {
      fetch: async () => {
        reads++
        return answer()
      },
    },
    // @ts-expect-error: as much of a WebSocket as the client uses
    realtime: { transport: FakeSocket },
  })
  const stop = followCredits({ supabase, mode }, user, {
    onRow: (row) => rows.push(row),
    onStatus: (status) => status !== statuses.at(-1) && statuses.push(status),
  })
  return { rows, statuses, stop }
}

const balance = (credits: number, version: number) => () =>
  Response.json([{ credit_type: 'general', balance: credits, version }])

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('navigator', { onLine: true })
  blocked = false
  sockets.length = 0
  joins = []
  tokens = []
  topics = []
  reads = 0
  answer = balance(100, 1)
  return () => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  }
})

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

const TOPICS = { changes: `credits:${user}`, broadcast: `owner:${user}` }

/** What Realtime sends of a changed wallet. */
function changeOf(mode: LiveMode, record: object): [event: string, payload: Record<string, unknown>] {
  const data = { schema: 'public', table: 'credits', type: 'UPDATE', record, columns: [], errors: null }
  return mode === 'changes'
    ? ['postgres_changes', { ids: [1], data }]
    : ['broadcast', { type: 'broadcast', event: 'change', payload: { table: 'credits', record } }]
}

describe.each(LIVE_MODES)('following the wallets of a user by %s', (mode) => {
  test('is live once the channel stands, and reads what was missed', async () => {
    const { rows, statuses, stop } = follow(mode)
    await pass(100)
    expect(statuses).toEqual(['live'])
    expect(rows.at(-1)).toEqual({ creditType: 'general', balance: 100, version: 1 })
    stop()
  })

  test('joins one topic, a private one by broadcast, and takes each row from it', async () => {
    const { rows, stop } = follow(mode)
    await pass(100)
    expect(topics).toEqual([[`realtime:${TOPICS[mode]}`, mode === 'broadcast']])
    const record = { credit_type: 'general', balance: 60, version: 2 }
    for (const sent of [record, { ...record, balance: 'many' }, { ...record, version: undefined }])
      sockets[0]?.hear([null, null, `realtime:${TOPICS[mode]}`, ...changeOf(mode, sent)])
    await pass(100)
    expect(rows.filter(({ version }) => version === 2)).toEqual([
      { creditType: 'general', balance: 60, version: 2 },
    ])
    stop()
  })

  test('reads once more when the server says that changes flow only now', async () => {
    const { rows, stop } = follow(mode)
    await pass(100)
    answer = balance(80, 2)
    sockets[0]?.hear([
      null,
      null,
      `realtime:${TOPICS[mode]}`,
      'system',
      { status: 'ok', extension: 'system' },
    ])
    await pass(100)
    expect(rows.at(-1)?.balance).toBe(80)
    stop()
  })

  test('joins as the user from the first time on, or every row would stay hidden', async () => {
    const { stop } = follow(mode)
    await pass(100)
    expect(tokens).toEqual(['token'])
    stop()
  })

  test('starts again within a second when the channel was closed, as by an expired token', async () => {
    const { statuses, stop } = follow(mode)
    await pass(100)
    sockets[0]?.hear([joins[0] ?? null, null, `realtime:${TOPICS[mode]}`, 'phx_close', {}])
    await pass(1000)
    expect(joins).toHaveLength(2)
    expect(statuses).toEqual(['live', 'reconnecting', 'live'])
    stop()
  })

  test('asks again when the balance could not be read, and then is live', async () => {
    answer = () => Response.json({ message: 'down' }, { status: 500 })
    const { rows, statuses, stop } = follow(mode)
    await pass(100)
    expect(statuses.at(-1)).toBe('reconnecting')
    answer = balance(80, 2)
    await pass(60_000)
    expect(rows.at(-1)?.balance).toBe(80)
    expect(statuses.at(-1)).toBe('live')
    stop()
  })

  test('is live again when a later reading works, and asks no more once it was stopped', async () => {
    const { statuses, stop } = follow(mode)
    await pass(100)
    answer = () => Response.json({ message: 'down' }, { status: 500 })
    document.dispatchEvent(new Event('visibilitychange'))
    await pass(100)
    expect(statuses.at(-1)).toBe('reconnecting')
    answer = balance(80, 2)
    window.dispatchEvent(new Event('online'))
    await pass(100)
    expect(statuses.at(-1)).toBe('live')
    stop()
    const told = statuses.length
    await pass(60_000)
    expect(statuses).toHaveLength(told)
  })

  test('reads again and again where no socket opens, says so, and is live once one does', async () => {
    blocked = true
    const { rows, statuses, stop } = follow(mode)
    await pass(9_000)
    expect(statuses).not.toContain('polling')
    answer = balance(80, 2)
    await pass(2_000)
    expect(rows.at(-1)?.balance).toBe(80)
    expect(statuses.at(-1)).toBe('polling')
    answer = balance(70, 3)
    await pass(10_000)
    expect(rows.at(-1)?.balance).toBe(70)
    blocked = false
    await pass(60_000)
    expect(statuses.at(-1)).toBe('live')
    stop()
  })

  test('is offline at once, and live again with the network', async () => {
    const { statuses, stop } = follow(mode)
    await pass(100)
    vi.stubGlobal('navigator', { onLine: false })
    window.dispatchEvent(new Event('offline'))
    expect(statuses.at(-1)).toBe('offline')
    vi.stubGlobal('navigator', { onLine: true })
    window.dispatchEvent(new Event('online'))
    await pass(100)
    expect(statuses.at(-1)).toBe('live')
    stop()
  })
})

describe('when something was lost and nobody says so', () => {
  test('a balance heard of by broadcast is read again every minute, in a tab that is seen', async () => {
    const { rows, statuses, stop } = follow('broadcast')
    await pass(100)
    answer = balance(80, 2)
    const before = reads
    await pass(50_000)
    expect(reads).toBe(before)
    await pass(20_000)
    expect(rows.at(-1)?.balance).toBe(80)
    expect(statuses).toEqual(['live'])
    vi.stubGlobal('document', Object.assign(document, { visibilityState: 'hidden' }))
    const seen = reads
    await pass(600_000)
    expect(reads).toBe(seen)
    stop()
  })

  test('changes that are lost are told of, so no balance is read again for nothing', async () => {
    const { stop } = follow('changes')
    await pass(100)
    const before = reads
    await pass(600_000)
    expect(reads).toBe(before)
    stop()
  })
})
