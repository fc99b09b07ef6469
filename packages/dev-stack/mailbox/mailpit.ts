import { z } from 'zod'
import { type Message, type MessageStore, SENDER, search } from './store.ts'

const SNIPPET_LENGTH = 250
const PAGE = 50

const deletionSchema = z.object({ IDs: z.array(z.string()).optional() })

/** Answers the part of Mailpit's REST API that tests use, so that they run against `supabase start` too. */
export async function serveMailpit(store: MessageStore, request: Request): Promise<Response | undefined> {
  const url = new URL(request.url)
  const [route, id = ''] = splitPath(url.pathname)
  switch (`${request.method} ${route}`) {
    case 'GET /api/v1/messages':
      return listing(store, store.all(), url.searchParams)
    case 'GET /api/v1/search':
      return listing(store, search(store.all(), url.searchParams.get('query') ?? ''), url.searchParams)
    case 'DELETE /api/v1/search':
      store.remove(search(store.all(), url.searchParams.get('query') ?? '').map((message) => message.id))
      return new Response('ok')
    case 'DELETE /api/v1/messages':
      return await removeMessages(store, request)
    case 'GET /api/v1/message':
      return showMessage(store.find(id))
    default:
      return undefined
  }
}

function splitPath(path: string): readonly string[] {
  const message = /^(\/api\/v1\/message)\/(\w+)$/.exec(path)
  return message ? message.slice(1) : [path]
}

function listing(store: MessageStore, found: readonly Message[], query: URLSearchParams): Response {
  const start = Number(query.get('start')) || 0
  const page = found.slice(start, start + (Number(query.get('limit')) || PAGE))
  return Response.json({
    total: store.all().length,
    unread: store.all().filter((message) => !message.read).length,
    count: page.length,
    messages_count: found.length,
    messages_unread: found.filter((message) => !message.read).length,
    start,
    tags: [],
    messages: page.map((message) => ({
      ...summarize(message),
      Created: message.sentAt.toISOString(),
      Read: message.read,
      Snippet: message.text.replace(/\s+/g, ' ').slice(0, SNIPPET_LENGTH),
    })),
  })
}

function showMessage(message: Message | undefined): Response {
  if (!message) return new Response('Message not found', { status: 404 })
  message.read = true
  return Response.json({
    ...summarize(message),
    Date: message.sentAt.toISOString(),
    Text: message.text,
    HTML: message.html,
    Inline: [],
  })
}

function summarize({ id, to, subject, html }: Message) {
  return {
    ID: id,
    MessageID: `${id}@example.test`,
    From: { Name: SENDER.name, Address: SENDER.address },
    To: [{ Name: '', Address: to }],
    Cc: [],
    Bcc: [],
    ReplyTo: [],
    Subject: subject,
    Size: Buffer.byteLength(html),
    Tags: [],
    Attachments: [],
  }
}

async function removeMessages(store: MessageStore, request: Request): Promise<Response> {
  const text = await request.text()
  const body = deletionSchema.safeParse(text ? parse(text) : {})
  if (!body.success) return new Response('IDs must be a list of message ids', { status: 400 })
  store.remove(body.data.IDs?.length ? body.data.IDs : undefined)
  return new Response('ok')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
