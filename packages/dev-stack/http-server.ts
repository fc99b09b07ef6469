import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'

type Options = {
  /** 0 for any. */
  port: number
  fetch: (request: Request) => Promise<Response>
  /** Takes over WebSocket requests; without it they are closed. */
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

/** Serves a fetch handler on 127.0.0.1. `close` ends open connections at once. */
export function serveHttp({
  port,
  fetch,
  upgrade,
}: Options): Promise<{ url: string; close(): Promise<void> }> {
  const listener = getRequestListener((request) => fetch(toNative(request)), { overrideGlobalObjects: false })
  const server = createServer(listener)
  if (upgrade) server.on('upgrade', upgrade)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      const actualPort = typeof address === 'object' && address ? address.port : port
      resolve({ url: `http://127.0.0.1:${actualPort}`, close: () => closeServer() })
    })
  })

  function closeServer(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }
}

/** The adapter's requests only look like those of Node.js, which cannot copy them. */
function toNative({ url, method, headers, body, signal }: Request): Request {
  return new Request(url, { method, headers, signal, ...(body ? { body, duplex: 'half' } : {}) })
}
