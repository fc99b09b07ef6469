import { randomUUID } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

// Next.js compiles instrumentation and routes apart: what both must know is kept on the process.
const HEADER = Symbol.for('socket-address-header')
const headerName = (): unknown => Reflect.get(globalThis, HEADER)

/**
 * Puts the address of its socket on every request that arrives from now on. Next.js hands none on that a stranger could
 * not have written. The name of the header is random, so that nobody else can send it. Call it once, before the first
 * request.
 */
export function keepSocketAddresses(): void {
  if (headerName()) return
  const header = `x-socket-address-${randomUUID()}`
  Reflect.set(globalThis, HEADER, header)
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    request.headers[header] = request.socket.remoteAddress
  })
}

/** The address of the socket a request came by; null where no server of this process has received it. */
export function socketAddress(headers: Pick<Headers, 'get'>): string | null {
  const name = headerName()
  return typeof name === 'string' ? headers.get(name) : null
}
