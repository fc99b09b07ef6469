import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js'
import { type Change, channelOf, type Followed, type Live, topicOf } from './channel-of'

const FIRST_RETRY_MS = 500
const MAX_RETRY_MS = 30_000

export type ChangeListener = {
  onChange: (change: Change) => void
  /** Changes are heard from now on. Nothing is replayed: what came before may have been missed. */
  onReady: () => void
  /** Whether the channel stands. */
  onStatus?: (isSubscribed: boolean) => void
}

type Topic = { join: (followed: Followed, listener: ChangeListener) => () => void }

const topics = new WeakMap<SupabaseClient, Map<string, Topic>>()

/**
 * Calls back with each change of the tables until the returned function is called. Whoever follows the same topic shares
 * one channel, which is opened again for as long as somebody listens.
 */
export function followChanges(live: Live, followed: Followed, listener: ChangeListener): () => void {
  const open = topics.get(live.supabase) ?? new Map<string, Topic>()
  topics.set(live.supabase, open)
  const name = topicOf(live.mode, followed)
  const topic = open.get(name) ?? createTopic(live, followed, () => open.delete(name))
  open.set(name, topic)
  return topic.join(followed, listener)
}

/** How long to wait before the next attempt after so many failures, in ms. */
export function waitAfter(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** failures, MAX_RETRY_MS)
}

function createTopic(live: Live, followed: Followed, onLeft: () => void): Topic {
  const members = new Map<ChangeListener, Followed>()
  const tell = (act: (listener: ChangeListener) => void) => [...members.keys()].forEach(act)
  let channel: RealtimeChannel | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let isSubscribed = false

  function hear(change: Change): void {
    for (const [listener, { tables }] of [...members])
      if (tables.some((table) => table === change.table)) listener.onChange(change)
  }

  async function open(): Promise<void> {
    // Without this the first join may carry no token, and row-level security would hide everything.
    await live.supabase.realtime.setAuth()
    if (members.size === 0) return
    // Servers that do not know how to wait tell by a message of the system that changes flow from now on.
    const opened = channelOf(live, followed, hear).on('system', {}, ({ status }: { status?: string }) => {
      if (status === 'ok' && channel === opened) tell(({ onReady }) => onReady())
    })
    channel = opened
    opened.subscribe((state) => {
      if (channel !== opened) return
      isSubscribed = state === 'SUBSCRIBED'
      tell(({ onStatus }) => onStatus?.(isSubscribed))
      if (isSubscribed) {
        failures = 0
        tell(({ onReady }) => onReady())
      }
      // A dropped socket rejoins by itself; a channel that was closed, as by an expired token, never does.
      if (state === 'CLOSED') reopen()
    })
  }

  function close(): void {
    const ended = channel
    // Forgotten before it is removed: removing a closed channel tells at once that it is closed.
    channel = null
    isSubscribed = false
    if (ended) void live.supabase.removeChannel(ended)
    clearTimeout(retry)
  }

  function reopen(): void {
    close()
    retry = setTimeout(start, waitAfter(failures++))
  }

  function start(): void {
    open().catch(() => {
      if (members.size > 0) reopen()
    })
  }

  return {
    join(own, listener) {
      members.set(listener, own)
      if (members.size === 1) start()
      else if (isSubscribed) {
        listener.onStatus?.(true)
        listener.onReady()
      }
      return () => {
        if (!members.delete(listener) || members.size > 0) return
        close()
        onLeft()
      }
    },
  }
}
