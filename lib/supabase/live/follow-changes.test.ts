import { createClient } from '@supabase/supabase-js'
import { beforeEach, describe, expect, test } from 'vitest'
import { LIVE_MODES, type LiveMode } from '@/lib/env/live-mode'
import type { Followed } from './channel-of'
import { followChanges } from './follow-changes'
import { GrantingSocket, type SocketFrame } from './testing'

const TABLES = ['payments', 'subscriptions'] as const
const USER = 'user-1'
let joins: string[] = []
let leaves: string[] = []
let hear: (topic: string, event: string, payload: Record<string, unknown>) => void

class FakeSocket extends GrantingSocket {
  constructor() {
    super()
    hear = (topic, event, payload) => this.hear([null, null, `realtime:${topic}`, event, payload])
  }

  override onSent([, , topic, event]: SocketFrame): void {
    if (event === 'phx_join') joins.push(topic.slice('realtime:'.length))
    if (event === 'phx_leave') leaves.push(topic.slice('realtime:'.length))
  }

  override close(): void {
    super.close()
    this.onclose?.()
  }
}

function open(mode: LiveMode) {
  const supabase = createClient('http://127.0.0.1:1', 'sb_publishable_test', {
    accessToken: async () => 'token',
    // @ts-expect-error: as much of a WebSocket as the client uses
    realtime: { transport: FakeSocket },
  })
  return (followed: Followed) => {
    const heard: string[] = []
    const stop = followChanges({ supabase, mode }, followed, {
      onChange: ({ table }) => heard.push(table),
      onReady: () => heard.push('ready'),
    })
    return { heard, stop }
  }
}

/** Sends that a row of a table changed, to whoever joined to hear of those two. */
function change(mode: LiveMode, topic: string, table: string): void {
  const ids = [1 + TABLES.map(String).indexOf(table)]
  const data = { schema: 'public', table, type: 'UPDATE', record: {}, columns: [], errors: null }
  if (mode === 'changes') hear(topic, 'postgres_changes', { ids, data })
  else hear(topic, 'broadcast', { type: 'broadcast', event: 'change', payload: { table } })
}

beforeEach(() => {
  joins = []
  leaves = []
})

describe.each(LIVE_MODES)('followed by %s', (mode) => {
  test('a change of a followed table is heard, of the owner’s rows or of everybody’s', async () => {
    const follow = open(mode)
    for (const [userId, topic] of [
      [USER, mode === 'broadcast' ? `owner:${USER}` : `payments+subscriptions:${USER}`],
      [undefined, mode === 'broadcast' ? 'admins' : 'payments+subscriptions:all'],
    ] as const) {
      const { heard, stop } = follow({ tables: TABLES, userId })
      await expect.poll(() => heard).toEqual(['ready'])
      change(mode, topic, 'subscriptions')
      await expect.poll(() => heard).toEqual(['ready', 'subscriptions'])
      expect(joins.at(-1)).toBe(topic)
      stop()
      expect(leaves.at(-1)).toBe(topic)
    }
  })

  test('two that follow the same share a channel, the later one is told to catch up, and the last one closes it', async () => {
    const follow = open(mode)
    const first = follow({ tables: TABLES, userId: USER })
    await expect.poll(() => first.heard).toEqual(['ready'])
    const second = follow({ tables: TABLES, userId: USER })
    expect(second.heard).toEqual(['ready'])
    change(mode, joins[0] ?? '', 'payments')
    await expect.poll(() => second.heard).toEqual(['ready', 'payments'])
    expect(first.heard).toEqual(second.heard)
    first.stop()
    expect(leaves).toEqual([])
    change(mode, joins[0] ?? '', 'payments')
    await expect.poll(() => second.heard).toHaveLength(3)
    expect(first.heard).toHaveLength(2)
    second.stop()
    second.stop()
    expect([joins.length, leaves.length]).toEqual([1, 1])
  })

  test('who follows again right after leaving hears everything anew', async () => {
    const follow = open(mode)
    const first = follow({ tables: TABLES, userId: USER })
    await expect.poll(() => first.heard).toEqual(['ready'])
    first.stop()
    const again = follow({ tables: TABLES, userId: USER })
    await expect.poll(() => again.heard).toEqual(['ready'])
    change(mode, joins[0] ?? '', 'payments')
    await expect.poll(() => again.heard).toEqual(['ready', 'payments'])
    again.stop()
  })
})

test('by broadcast a wallet and payments of one owner come through one channel, each to whom it concerns', async () => {
  const follow = open('broadcast')
  const wallet = follow({ tables: ['credits'], userId: USER })
  const money = follow({ tables: TABLES, userId: USER })
  await expect.poll(() => money.heard).toEqual(['ready'])
  for (const table of ['credits', 'payments', 'unheard_of']) change('broadcast', `owner:${USER}`, table)
  hear(`owner:${USER}`, 'broadcast', { type: 'broadcast', event: 'change', payload: { record: {} } })
  hear(`owner:${USER}`, 'broadcast', { type: 'broadcast', event: 'other', payload: { table: 'payments' } })
  change('broadcast', `owner:${USER}`, 'subscriptions')
  await expect.poll(() => money.heard).toEqual(['ready', 'payments', 'subscriptions'])
  expect(wallet.heard).toEqual(['ready', 'credits'])
  expect(joins).toEqual([`owner:${USER}`])
  wallet.stop()
  money.stop()
})
