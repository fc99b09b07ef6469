import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import { LogicalReplicationService, type Pgoutput, PgoutputPlugin } from 'pg-logical-replication'
import type { Logger } from '../project.ts'
import { SESSION_OPTIONS } from './database.ts'
import type { Row } from './filters.ts'

/** One row change as the log carries it. `old` holds the key; more only under replica identity full. */
export type Change = {
  relation: number
  schema: string
  table: string
  type: 'INSERT' | 'UPDATE' | 'DELETE'
  /** The transaction's number, without its epoch. */
  transaction: number
  committedAt: string
  new: Row | null
  old: Row
}

export type FeedOptions = {
  logger: Logger
  connectionString: string
  /** All of them have to exist when the stream begins. */
  publications: readonly string[]
  onChange(change: Change): void
  /** The stream broke: what commits until `onRestored` is never delivered. */
  onLost(): void
  onRestored(): void
}

/** The stream of committed changes. It reconnects by itself until it is closed. */
export type Feed = {
  /** Resolves to true once changes stream, to false when they do not within `timeout` ms. */
  ready(timeout: number): Promise<boolean>
  pause(): void
  resume(): void
  /** Drops the stream and starts a new one, for when changes were lost on the way to subscribers. */
  restart(): void
  close(): Promise<void>
}

const FIRST_RETRY = 25
const LAST_RETRY = 1_000

/** A slot that ends with its connection, so that nothing holds back the log after a crash. */
class TemporarySlot extends PgoutputPlugin {
  stream: Duplex | null = null
  readonly closing: AbortSignal

  constructor(publications: readonly string[], closing: AbortSignal) {
    super({ protoVersion: 1, publicationNames: [...publications] })
    this.closing = closing
  }

  override async start(client: Client, slot: string): Promise<unknown> {
    this.closing.throwIfAborted()
    for (const publication of this.options.publicationNames) {
      const found = await client.query(
        `select from pg_publication where pubname = ${client.escapeLiteral(publication)}`,
      )
      if (found.rowCount === 0) throw new Error(`There is no publication ${publication}.`)
    }
    // The grammar of replication commands knows no lower case.
    await client.query(`CREATE_REPLICATION_SLOT "${slot}" TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT`)
    this.stream = client.connection.stream
    return super.start(client, slot, '0/0')
  }
}

export function followChanges(options: FeedOptions): Feed {
  const { connectionString, publications, logger } = options
  const closing = new AbortController()
  const waiting = new Set<() => void>()
  let service: LogicalReplicationService | null = null
  let plugin: TemporarySlot | null = null
  let streaming = false
  let streamedBefore = false
  let retry = FIRST_RETRY

  function started(): void {
    streaming = true
    retry = FIRST_RETRY
    if (streamedBefore) options.onRestored()
    streamedBefore = true
    for (const resolve of waiting) resolve()
  }

  /** Streams until the connection ends, by an error or not. */
  async function stream(): Promise<void> {
    plugin = new TemporarySlot(publications, closing.signal)
    const current = new LogicalReplicationService(
      { connectionString, application_name: 'realtime-feed', options: SESSION_OPTIONS, keepAlive: true },
      { acknowledge: { auto: false, timeoutSeconds: 0 } },
    )
    service = current
    const read = createReader(options.onChange)
    current.on('start', started)
    current.on('data', (_lsn, message: Pgoutput.Message) => read(message))
    current.on('heartbeat', async (position) => {
      await current.acknowledge(oneBefore(position))
    })
    current.on('error', (error) => logger.debug('The change feed reports an error.', { error }))
    try {
      await current.subscribe(plugin, `realtime_${randomUUID().replaceAll('-', '')}`)
    } finally {
      await current.destroy()
    }
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      const reason: unknown = await stream().catch((error: unknown) => error)
      if (closing.signal.aborted) return
      // One line for each outage, however long it takes.
      const say = retry === FIRST_RETRY ? logger.warn : logger.debug
      say('The change feed is interrupted; connecting again.', {
        reason: reason instanceof Error ? reason.message : 'The stream ended.',
      })
      if (streaming) options.onLost()
      streaming = false
      await delay(retry, undefined, { signal: closing.signal }).catch(() => {})
      retry = Math.min(retry * 2, LAST_RETRY)
    }
  }

  const running = run()

  return {
    async ready(timeout) {
      if (streaming) return true
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.add(resolve)
      const timer = setTimeout(resolve, timeout)
      await promise
      clearTimeout(timer)
      waiting.delete(resolve)
      return streaming
    },
    pause: () => plugin?.stream?.pause(),
    resume: () => plugin?.stream?.resume(),
    restart: () => plugin?.stream?.destroy(),
    async close() {
      closing.abort()
      for (const resolve of waiting) resolve()
      await service?.destroy()
      await running
    },
  }
}

/**
 * `acknowledge` confirms one byte more than it is told. A Postgres that is told to stop waits until exactly
 * what it sent is confirmed, so it would wait forever.
 */
function oneBefore(position: string): string {
  const [high = '0', low = '0'] = position.split('/')
  const before = (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`) - 1n
  return `${(before >> 32n).toString(16)}/${(before & 0xffffffffn).toString(16)}`
}

/** Turns replication messages into changes, with every value in text form. */
function createReader(onChange: (change: Change) => void): (message: Pgoutput.Message) => void {
  let committed = { transaction: 0, committedAt: '' }

  return (message) => {
    if (message.tag === 'begin') {
      const committedAt = new Date(Number(message.commitTime) / 1000).toISOString()
      committed = { transaction: message.xid >>> 0, committedAt }
    } else if (message.tag === 'relation') {
      for (const column of message.columns) column.parser = (text) => text
    } else if (message.tag === 'insert' || message.tag === 'update' || message.tag === 'delete') {
      onChange({ ...rowsOf(message), ...originOf(message), ...committed })
    }
  }
}

type RowMessage = Pgoutput.MessageInsert | Pgoutput.MessageUpdate | Pgoutput.MessageDelete

function originOf({ relation, tag }: RowMessage): Pick<Change, 'relation' | 'schema' | 'table' | 'type'> {
  const type = tag === 'insert' ? 'INSERT' : tag === 'update' ? 'UPDATE' : 'DELETE'
  return { relation: relation.relationOid >>> 0, schema: relation.schema, table: relation.name, type }
}

function rowsOf(message: RowMessage): Pick<Change, 'new' | 'old'> {
  if (message.tag === 'insert') return { new: message.new, old: {} }
  if (message.tag === 'delete') return { new: null, old: message.old ?? message.key ?? {} }
  // The log leaves the key out where the update did not change it.
  const key = Object.fromEntries(message.relation.keyColumns.map((name) => [name, message.new[name]]))
  return { new: message.new, old: message.old ?? message.key ?? key }
}
