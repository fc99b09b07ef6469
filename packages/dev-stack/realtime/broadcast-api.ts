import { z } from 'zod'
import { type Caller, identifyCaller } from '../api/caller.ts'
import { json, preflight, withCors } from '../api/http.ts'
import type { Tokens } from '../api/tokens.ts'
import type { LocalKeys } from '../keys.ts'
import type { Logger } from '../project.ts'
import type { Channel } from './channel.ts'
import type { Channels } from './channels.ts'
import type { Database } from './database.ts'
import { topicOf } from './messages.ts'
import { readPolicies } from './policies.ts'
import { MAX_FRAME_BYTES } from './protocol.ts'
import { ROLES } from './viewer.ts'

type Options = Pick<LocalKeys, 'publishableKey' | 'secretKey'> & {
  verify: Tokens['verify']
  database: Database
  channels: Channels<Channel>
  logger: Logger
}

type Message = { topic: string; event: string; payload: unknown; private: boolean }

const ONE = new URLPattern({ pathname: '/realtime/v1/api/broadcast/:topic/events/:event' })
const BATCH_PATH = '/realtime/v1/api/broadcast'
const BYTES = 'application/octet-stream'

const batchSchema = z.object({
  messages: z
    .array(
      z.object({
        topic: z.string().min(1),
        event: z.string().min(1),
        payload: z.record(z.string(), z.unknown()),
        private: z.boolean().nullish().transform(Boolean),
      }),
    )
    .min(1),
})

/** Broadcasts over HTTP, for who is on no socket: `channel.httpSend(…)`, and `send` before a channel has joined. */
export function createBroadcastApi(options: Options): (request: Request) => Promise<Response> {
  const { database, channels, logger } = options

  async function serve(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const one = ONE.exec({ pathname: url.pathname })?.pathname.groups
    if (request.method !== 'POST' || (!one && url.pathname !== BATCH_PATH)) return refuse(404, 'Not found')
    const caller = await identifyCaller(request, options)
    if (caller instanceof Response) return caller
    const body = Buffer.from(await request.arrayBuffer())
    if (body.length > MAX_FRAME_BYTES) return refuse(422, 'Payload size exceeds tenant limit')
    if (!one) return await sendBatch(caller, body)
    if ([...url.searchParams.keys()].some((name) => name.startsWith('persist')))
      return refuse(422, 'The embedded Realtime stores no message for a client: call realtime.send in SQL.')
    const payload = readPayload(request.headers.get('content-type') ?? '', body)
    if (payload === undefined) return refuse(400, 'The payload is not valid JSON')
    const message = {
      topic: decodeURIComponent(one.topic ?? ''),
      event: decodeURIComponent(one.event ?? ''),
      payload,
      private: url.searchParams.get('private') === 'true',
    }
    if (!(await maySend(caller, message))) return refuse(403, 'Unauthorized')
    send(message)
    return accepted()
  }

  /** A message that its sender may not send is left out without a word, as on the hosted service. */
  async function sendBatch(caller: Caller, body: Buffer): Promise<Response> {
    const batch = batchSchema.safeParse(parseJson(body))
    if (!batch.success) return refuse(422, z.prettifyError(batch.error))
    for (const message of batch.data.messages) if (await maySend(caller, message)) send(message)
    return accepted()
  }

  async function maySend(caller: Caller, message: Message): Promise<boolean> {
    if (!message.private) return true
    const role = ROLES.find((name) => name === caller.role)
    if (!role) return false
    const viewer = { role, subject: null, claims: JSON.stringify(caller.claims), expiresAt: null }
    return (await readPolicies(database, viewer, message.topic)).broadcast.write
  }

  function send({ topic, event, payload, private: isPrivate }: Message): void {
    channels.send({ topic: topicOf(topic), isPrivate }, { type: 'broadcast', event, payload })
  }

  return async (request) => {
    if (request.method === 'OPTIONS') return preflight(request)
    try {
      return withCors(await serve(request))
    } catch (error) {
      logger.warn('Realtime could not broadcast a message.', { error })
      return withCors(refuse(500, 'Unable to authorize broadcast'))
    }
  }
}

function readPayload(contentType: string, body: Buffer): unknown {
  return contentType.startsWith(BYTES) ? body : parseJson(body)
}

/** Undefined for what is no JSON. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

function accepted(): Response {
  return new Response(null, { status: 202 })
}

function refuse(status: number, message: string): Response {
  return json(status, { message })
}
