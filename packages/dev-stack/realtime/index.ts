import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Tokens } from '../api/tokens.ts'
import type { Logger } from '../project.ts'
import { createBroadcastApi } from './broadcast-api.ts'
import type { Channel, Services } from './channel.ts'
import { createChannels } from './channels.ts'
import { createDatabase } from './database.ts'
import { createDelivery } from './delivery.ts'
import { deleteOldMessages, MESSAGES_PUBLICATION, readMessage } from './messages.ts'
import { MAX_FRAME_BYTES, readVersion } from './protocol.ts'
import { type Feed, followChanges } from './replication.ts'
import { type Connection, serveSocket } from './socket.ts'
import { createSubscriptions } from './subscriptions.ts'

export type RealtimeOptions = {
  /** A login with REPLICATION that may become anon, authenticated and service_role. */
  replicationUrl: string
  publication: string
  verify: Tokens['verify']
  publishableKey: string
  secretKey: string
  /** Refuses channels that are not private, as hosted Realtime does where public access is switched off. */
  privateOnly?: boolean | undefined
  logger: Logger
  /** How long a socket may stay silent, in ms. Clients send a heartbeat every 25 s. */
  silenceLimit?: number
}

export type Realtime = {
  /** Serves what is under /realtime/v1. */
  fetch(request: Request): Promise<Response>
  /** For the `upgrade` event of the HTTP server that owns the address. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): Promise<void>
}

const START_LIMIT = 10_000
const GOODBYE_LIMIT = 50

/** Starts Realtime: `/realtime/v1` for the unmodified supabase-js. Throws when no change feed starts. */
export async function startRealtime(options: RealtimeOptions): Promise<Realtime> {
  const database = createDatabase(options.replicationUrl)
  const subscriptions = createSubscriptions<Channel>()
  const channels = createChannels<Channel>()
  const tellAll = (tell: (channel: Channel) => void) => channels.everyone().forEach(tell)
  const deliver = createDelivery({
    database,
    subscriptions,
    logger: options.logger,
    pause: () => feed.pause(),
    resume: () => feed.resume(),
    onFailure: () => feed.restart(),
  })
  const feed: Feed = followChanges({
    connectionString: options.replicationUrl,
    publications: [options.publication, MESSAGES_PUBLICATION],
    logger: options.logger,
    onChange(change) {
      const message = readMessage(change)
      if (!message) return deliver(change)
      const { topic, isPrivate, ...broadcast } = message
      channels.send({ topic, isPrivate }, broadcast)
    },
    onLost: () => tellAll((channel) => channel.warnOfGap()),
    onRestored: () => tellAll((channel) => channel.demandRejoin()),
  })
  if (!(await feed.ready(START_LIMIT))) {
    await Promise.all([feed.close(), database.close()])
    throw new Error(`Realtime could not follow the publication ${options.publication}; the log says why.`)
  }

  const closing = new AbortController()
  void deleteOldMessages(database, closing.signal)
  const { privateOnly = false } = options
  const services: Services = { ...options, privateOnly, database, feed, subscriptions, channels }
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES })
  const connections = new Set<Connection>()
  const roles = new Map([
    [options.publishableKey, 'anon' as const],
    [options.secretKey, 'service_role' as const],
  ])
  const silenceLimit = options.silenceLimit ?? 65_000
  const sweep = setInterval(() => {
    for (const { lastHeard, drop } of connections) if (Date.now() - lastHeard > silenceLimit) drop()
  }, silenceLimit / 6).unref()
  let closed: Promise<void> | undefined

  return {
    fetch: createBroadcastApi({ ...options, database, channels }),
    handleUpgrade(request, socket, head) {
      const url = URL.parse(request.url ?? '/', 'http://localhost')
      const role = roles.get(url?.searchParams.get('apikey') ?? String(request.headers.apikey))
      const version = readVersion(url?.searchParams.get('vsn') ?? null)
      if (closed) return refuse(socket, '503 Service Unavailable', 'Realtime is stopping.')
      if (url?.pathname !== '/realtime/v1/websocket')
        return refuse(socket, '404 Not Found', 'No socket here.')
      if (!role) return refuse(socket, '401 Unauthorized', 'The API key is missing or wrong.')
      if (!version) return refuse(socket, '400 Bad Request', 'The vsn is neither 1.0.0 nor 2.0.0.')
      server.handleUpgrade(request, socket, head, (ws) => {
        const connection = serveSocket(ws, version, role, services)
        connections.add(connection)
        ws.on('close', () => connections.delete(connection))
      })
    },
    close() {
      closed ??= stop()
      return closed
    },
  }

  async function stop(): Promise<void> {
    closing.abort()
    clearInterval(sweep)
    await feed.close()
    connections.forEach(({ close }) => void close())
    const goodbyes = [...server.clients].map((ws) => once(ws, 'close'))
    const timer = setTimeout(() => connections.forEach(({ drop }) => void drop()), GOODBYE_LIMIT)
    await Promise.allSettled(goodbyes)
    clearTimeout(timer)
    await database.close()
  }
}

function refuse(socket: Duplex, status: string, message: string): void {
  socket.on('error', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`,
  )
}
