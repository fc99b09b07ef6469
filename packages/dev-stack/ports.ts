import { createServer } from 'node:net'

/** Tried in order: a wildcard listener does not block a loopback one on every system. */
const HOSTS = ['127.0.0.1', '::']
const LAST_PORT = 65_535

/** From one choice of a service's port to the next: keeps the last digit, by which people know the services. */
export const SERVICE_STEP = 10

/**
 * The first port from `preferred` on, in strides of `step`, that nothing listens on.
 * With `preferred` 0 the system picks one.
 */
export async function findFreePort(preferred: number, step = 1): Promise<number> {
  if (preferred === 0) return await listen(0, '127.0.0.1')
  for (let port = preferred; port <= LAST_PORT; port += step) {
    if (await isFree(port)) return port
  }
  throw new Error(`No port is free from ${preferred} up.`)
}

async function isFree(port: number): Promise<boolean> {
  for (const host of HOSTS) {
    try {
      await listen(port, host)
    } catch (error) {
      if (!isMissingHost(error)) return false
    }
  }
  return true
}

/** A machine without IPv6 has no `::` to listen on. */
function isMissingHost(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false
  return error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'
}

function listen(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address ? address.port : port
      server.close(() => resolve(bound))
    })
  })
}
