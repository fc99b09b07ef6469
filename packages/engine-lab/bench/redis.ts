import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { findFreePort } from '../../dev-stack/ports.ts'

/** A Redis of Debian's `redis-server`, in memory alone. @throws when it is not installed */
export async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await findFreePort(0)
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  )
  const ended = once(server, 'exit')
  await once(server, 'spawn')
  const url = `redis://127.0.0.1:${port}`
  const probe = new Redis(url, { maxRetriesPerRequest: 50, retryStrategy: () => 50 })
  // Until it listens.
  probe.on('error', () => {})
  await probe.ping()
  probe.disconnect()
  return {
    url,
    async stop() {
      server.kill()
      await ended
    },
  }
}
