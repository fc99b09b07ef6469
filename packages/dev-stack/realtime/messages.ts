import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from './database.ts'
import type { Change } from './replication.ts'

/** What clients get of a broadcast. Bytes stay bytes. */
export type Broadcast = {
  type: 'broadcast'
  event: string
  payload: unknown
  meta?: { id: string; replayed?: true }
}

/** The channel a message is for: the private and the public one of a name have nothing in common. */
export type Address = { topic: string; isPrivate: boolean }

/** Where the database keeps what it broadcasts, and tells of. */
export const MESSAGES_PUBLICATION = 'supabase_realtime_messages_publication'
const MAX_REPLAYED = 25
const KEPT_HOURS = 72

/** The topic of a channel on the socket. */
export function topicOf(name: string): string {
  return `realtime:${name}`
}

/** The name of a channel, as SQL and people know it. */
export function nameOf(topic: string): string {
  return topic.slice('realtime:'.length)
}

/** The message that a change of realtime.messages is; undefined for any other change. */
export function readMessage({ schema, table, type, new: row }: Change): (Address & Broadcast) | undefined {
  if (schema !== 'realtime' || table !== 'messages' || type !== 'INSERT') return undefined
  const { topic, event, id, private: isPrivate, payload, binary_payload: bytes } = row ?? {}
  if (!topic || !event || !id || (!payload && !bytes)) return undefined
  return {
    topic: topicOf(topic),
    isPrivate: isPrivate === 't',
    type: 'broadcast',
    event,
    payload: bytes ? Buffer.from(bytes.slice('\\x'.length), 'hex') : JSON.parse(payload ?? 'null'),
    meta: { id },
  }
}

type Stored = { id: string; event: string; payload: unknown; binary_payload: Buffer | null }

/** The newest messages of a private channel since `since` (ms since the epoch), oldest first; 25 at most. */
export async function readStored(
  database: Database,
  name: string,
  { since, limit }: { since: number; limit: number },
): Promise<(Broadcast & { meta: { id: string } })[]> {
  const rows = await database.query<Stored>(
    `select id, event, payload, binary_payload
    from realtime.messages
    where topic = $1
    and private
    and extension = 'broadcast'
    and event is not null
    and inserted_at >= to_timestamp($2::double precision / 1000) at time zone 'utc'
    order by inserted_at desc
    limit $3`,
    [name, since, Math.max(1, Math.min(limit, MAX_REPLAYED))],
  )
  return rows.reverse().map(({ id, event, payload, binary_payload }) => ({
    type: 'broadcast',
    event,
    payload: binary_payload ?? payload,
    meta: { id, replayed: true },
  }))
}

/** Deletes what is too old to be replayed, now and every hour until `signal` aborts. */
export async function deleteOldMessages(database: Database, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await database
      .query(
        "delete from realtime.messages where inserted_at < now() at time zone 'utc' - make_interval(hours => $1)",
        [KEPT_HOURS],
      )
      .catch(() => []) // tried again in an hour
    await delay(3_600_000, undefined, { signal, ref: false }).catch(() => {})
  }
}
