import { createAccount, openSession } from '../../../e2e/support/accounts.ts'

type Options = { headers?: Record<string, string>; signal?: AbortSignal }

/** What was answered, by status, and how long each answer took in ms. */
export type Replies = { statuses: Map<string, number>; times: number[]; failures: string[] }

const CLOSED = new Set<unknown>(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

function codeOf(cause: unknown): unknown {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
}

export type Caller = Awaited<ReturnType<typeof createCaller>>

export const noReplies = (): Replies => ({ statuses: new Map(), times: [], failures: [] })

/** Somebody with an account and its bonus, whose requests are counted into `replies`. */
export async function createCaller(app: string, replies: Replies) {
  const account = await createAccount()
  const jar = await openSession(account)
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')

  function count(status: number | null): void {
    const name = String(status ?? 'cut off')
    replies.statuses.set(name, (replies.statuses.get(name) ?? 0) + 1)
  }

  async function send(path: string, init: RequestInit, { headers, signal }: Options): Promise<void> {
    const startedAt = performance.now()
    try {
      const response = await fetch(`${app}${path}`, {
        redirect: 'manual',
        ...init,
        signal,
        headers: { cookie, origin: app, ...init.headers, ...headers },
      })
      await response.arrayBuffer()
      count(response.status)
      // A server that is full says so with 503 and when to come back; any other 5xx is a fault.
      const isBusy = response.status === 503 && response.headers.has('retry-after')
      if (response.status >= 500 && !isBusy) replies.failures.push(`${path} answered ${response.status}`)
      replies.times.push(performance.now() - startedAt)
    } catch (error) {
      count(null)
      // A connection that was kept open may be closed in the very moment it is used again.
      const isClosed = error instanceof TypeError && CLOSED.has(codeOf(error.cause))
      if (!signal && !isClosed)
        replies.failures.push(`${path}: ${error instanceof Error ? error.message : error}`)
    }
  }

  return {
    app,
    cookie,
    count,
    get: (path: string, options: Options = {}) => send(path, {}, options),
    post(path: string, body: object, options: Options = {}) {
      if (body instanceof FormData) return send(path, { method: 'POST', body }, options)
      const sent = body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)
      const headers = { 'content-type': 'application/json' }
      return send(path, { method: 'POST', body: sent, headers }, options)
    },
  }
}
