import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const START = new URL('./index.ts', import.meta.url).href

/** Another process; `kill` ends it as abruptly as possible. */
export type Holder = { pid: number; kill(): Promise<void> }

type Options = { uid?: number /** Resolve at once, while the server is still being made. */; early?: boolean }

/**
 * A process of its own that runs Postgres in `directory` until it is killed.
 * @throws with what the process printed when it could not start.
 */
export async function spawnHolder(directory: string, { uid, early = false }: Options = {}): Promise<Holder> {
  const script = `
    import { startPostgres } from ${JSON.stringify(START)}
    await startPostgres({ directory: process.argv[1], port: 0 })
    console.log('ready')
    setInterval(() => {}, 60_000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, directory], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const exited = once(child, 'exit')
  if (!early) {
    const ready = await Promise.race([
      once(createInterface(child.stdout), 'line'),
      exited.then(() => undefined),
    ])
    if (!ready) throw new Error(complaints)
  }
  return {
    pid: child.pid ?? 0,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
