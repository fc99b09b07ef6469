import { serveMailpit } from './mailpit.ts'
import { renderPage, version } from './page.ts'
import { createStore, type Message, type OutgoingMail } from './store.ts'

export type Mailbox = {
  send(mail: OutgoingMail): void
  /** A page to read mail at `/`, and Mailpit's REST API for tests. */
  fetch(request: Request): Promise<Response>
  /** Newest first. */
  messages(): readonly Message[]
}

/** A mailed page runs no script and reaches nothing of the mailbox; its links open elsewhere. */
const MAIL_HEADERS = { 'content-security-policy': 'sandbox allow-popups allow-popups-to-escape-sandbox' }

/** Takes every mail the stack sends and shows it, in memory. */
export function createMailbox(): Mailbox {
  const store = createStore()

  async function showPage(path: string): Promise<Response | undefined> {
    const [, id = ''] = /^\/message\/(\w+)$/.exec(path) ?? []
    const open = store.find(id)
    if (path !== '/' && !open) return undefined
    if (open) open.read = true
    return respond(await renderPage(store.all(), open), 'text/html')
  }

  function showContent(path: string): Response | undefined {
    const [, id = '', form] = /^\/view\/(\w+)\.(html|txt)$/.exec(path) ?? []
    const message = store.find(id)
    if (!message) return undefined
    if (form === 'txt') return respond(message.text, 'text/plain', MAIL_HEADERS)
    return respond(`<!doctype html><base target="_blank">${message.html}`, 'text/html', MAIL_HEADERS)
  }

  return {
    send: (mail) => store.add(mail),
    messages: () => store.all(),
    async fetch(request) {
      const { pathname } = new URL(request.url)
      const mailpit = await serveMailpit(store, request)
      if (mailpit) return mailpit
      if (request.method !== 'GET') return new Response('Method not allowed', { status: 405 })
      if (pathname === '/version') return respond(version(store.all()), 'text/plain')
      return showContent(pathname) ?? (await showPage(pathname)) ?? new Response('Not found', { status: 404 })
    },
  }
}

function respond(body: string, type: string, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers },
  })
}
