import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PROJECT_DIRECTORY } from '../../scripts/paths.ts'

const START_MS = 60_000
const STOP_MS = 5_000

type Options = {
  port: number
  url: string
  env: Record<string, string>
  /** The folder that was built; this project by default. */
  root?: string
}

/** For a second server on the database of all tests: it leaves their background runs to the first. */
export const NO_WORKER = { RUN_WORKER: 'process' }

/** A running server and its process; `kill` ends it as abruptly as possible. */
export type App = { pid: number; stop(): Promise<void>; kill(): Promise<void> }

/** Runs the production build and waits until it answers. @throws with its output when it does not. */
export async function startApp({ port, url, env, root = PROJECT_DIRECTORY }: Options): Promise<App> {
  if (!existsSync(join(root, '.next/BUILD_ID'))) {
    throw new Error('There is no production build to test yet: run npm run build first.')
  }
  const next = fork(
    join(root, 'scripts/commands/next-process.ts'),
    ['start', '-p', String(port), '-H', 'localhost'],
    {
      cwd: root,
      env: { ...process.env, ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  const ended = once(next, 'exit')
  let output = ''
  for (const stream of [next.stdout, next.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk
      if (process.env.DEBUG) process.stderr.write(chunk)
    })
  }
  const deadline = AbortSignal.timeout(START_MS)
  while (!(await answers(`${url}/api/health`))) {
    if (next.exitCode !== null || deadline.aborted) throw new Error(`The app did not start:\n${output}`)
    await delay(100)
  }
  return {
    pid: next.pid ?? 0,
    async kill() {
      next.kill('SIGKILL')
      await ended
    },
    async stop() {
      next.kill('SIGTERM')
      await Promise.race([ended, delay(STOP_MS)])
      next.kill('SIGKILL')
    },
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  )
}
