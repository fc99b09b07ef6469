import type { WebSocket } from 'ws'
import { Channel, type Line, type Services } from './channel.ts'
import { decodeFrame, encodeFrame, type Frame, type Version } from './protocol.ts'
import type { Role } from './viewer.ts'

/** An open connection: `lastHeard` in ms since the epoch. */
export type Connection = { lastHeard: number; drop(): void; close(): void }

const MAX_CHANNELS = 100
const MAX_TOPIC_LENGTH = 255
/** What may wait in memory for a client that reads too slowly, before it is dropped. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024

/** Serves the Phoenix protocol on one socket until it closes. */
export function serveSocket(ws: WebSocket, version: Version, role: Role, services: Services): Connection {
  const channels = new Map<string, Channel>()
  let joining = 0
  const connection = {
    lastHeard: Date.now(),
    drop: () => ws.terminate(),
    close: () => ws.close(1001, 'Realtime is stopping'),
  }

  const line: Line = {
    role,
    send(frame) {
      const message = encodeFrame(version, frame)
      if (message === undefined || ws.readyState !== ws.OPEN) return
      ws.send(message)
      if (ws.bufferedAmount > MAX_BUFFERED_BYTES) ws.terminate()
    },
    forget(channel) {
      if (channels.get(channel.topic) === channel) channels.delete(channel.topic)
    },
  }

  function answer(frame: Frame, status: 'ok' | 'error', response: Record<string, unknown> = {}): void {
    line.send({ ...frame, event: 'phx_reply', payload: { status, response } })
  }

  function join(frame: Frame): void {
    channels.get(frame.topic)?.replace()
    if (channels.size >= MAX_CHANNELS) {
      answer(frame, 'error', { reason: 'ChannelRateLimitReached: Too many channels' })
      return
    }
    const channel = new Channel(line, services, frame)
    channels.set(frame.topic, channel)
    // Joins that were replaced still wait for their answers: no more than there may be channels.
    if (++joining > MAX_CHANNELS) ws.close(1008, 'Too many joins at once')
    else void channel.join(frame).finally(() => joining--)
  }

  function handle(frame: Frame): void {
    const { topic, event } = frame
    const channel = channels.get(topic)
    const isCurrent = frame.joinRef === null || frame.joinRef === channel?.joinRef
    if (topic === 'phoenix' && event === 'heartbeat') answer(frame, 'ok')
    else if (event === 'phx_join' && isTopic(topic)) join(frame)
    else if (channel && isCurrent) channel.handle(frame)
    // Leaving what has ended already succeeds.
    else if (event === 'phx_leave') answer(frame, 'ok')
    else answer(frame, 'error', { reason: 'unmatched topic' })
  }

  ws.on('message', (data: Buffer, isBinary) => {
    connection.lastHeard = Date.now()
    try {
      handle(decodeFrame(version, data, isBinary))
    } catch (error) {
      services.logger.debug('A socket is closed because of what it sent.', { error })
      ws.close(1007, 'The message is not a frame of the protocol')
    }
  })
  ws.on('error', () => ws.terminate())
  ws.on('close', () => {
    for (const channel of channels.values()) channel.end()
  })
  return connection
}

function isTopic(topic: string): boolean {
  return (
    topic.startsWith('realtime:') && topic.length > 'realtime:'.length && topic.length <= MAX_TOPIC_LENGTH
  )
}
