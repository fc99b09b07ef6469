import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Tried in order: a wildcard listener does not block a loopback one on every system. */
const HOSTS = ['127.0.0.1', '::']
const LAST_PORT = 65_535
/**
 * Where any port is looked for: below those that a system gives to outgoing connections (Linux: from 32,768), or one of
 * these could take the port between the moment it is found and the moment it is used.
 */
const ANY_PORTS = { from: 15_000, below: 32_768 }

/** From one choice of a service's port to the next: keeps the last digit, by which people know the services. */
export const SERVICE_STEP = 10

/**
 * The first port from `preferred` on, in strides of `step`, that nothing listens on.
 * With `preferred` 0 from a random one on, so that whoever looks at the same time finds another.
 */
export async function findFreePort(preferred: number, step = 1): Promise<number> {
  const first = preferred === 0 ? randomInt(ANY_PORTS.from, ANY_PORTS.below) : preferred
  for (let port = first; port <= LAST_PORT; port += step) {
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

function listen(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve()))
  })
}
