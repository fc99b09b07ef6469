import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'

type Refusal = { status: number; code: string; message: string }

/**
 * Puts a listener in front of the one that Next.js makes its server with. It answers what Next.js would answer with a
 * 500 before any code of the app runs: a path whose percent signs mean nothing, an address that is none, and TRACE,
 * which a `Request` cannot carry.
 */
export function refuseUnreadable(): void {
  const { createServer } = http
  http.createServer = (...args: unknown[]) => {
    const listener = args.findLast((arg): arg is RequestListener => typeof arg === 'function')
    const server = Reflect.apply(
      createServer,
      http,
      args.filter((arg) => arg !== listener),
    )
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const refusal = refusalOf(request)
      if (refusal) answer(response, refusal)
      else listener?.(request, response)
    })
    return server
  }
}

function refusalOf({ method, url = '/', headers }: IncomingMessage): Refusal | null {
  if (method === 'TRACE')
    return { status: 405, code: 'method_not_allowed', message: 'TRACE is not answered here.' }
  const isReadable = URL.canParse(`http://${headers.host}${url}`) && isDecodable(url.split('?')[0] ?? '')
  return isReadable ? null : { status: 400, code: 'bad_request', message: 'The address cannot be read.' }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

function answer(response: ServerResponse, { status, code, message }: Refusal): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...(status === 405 && { allow: 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT' }),
  })
  response.end(JSON.stringify({ error: code, message }))
}
