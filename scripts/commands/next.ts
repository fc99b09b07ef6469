import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { findFreePort } from '../../packages/dev-stack/ports.ts'
import { LOCAL_DIRECTORY, PROJECT_DIRECTORY } from '../paths.ts'
import { readUserEnv } from '../user-env.ts'
import { abortOnSignal, untilAborted } from './abort-on-signal.ts'

type Mode = 'dev' | 'start'

const DEFAULT_PORT = '3000'
const STOP_MS = 2_000

/**
 * Runs `next dev` or `next start`, on the embedded stack unless the environment names a Supabase project.
 * Further arguments go to Next.js. Sets the exit code of Next.js when it ends by itself. The stack keeps its data in
 * `directory`.
 */
export async function runNext(mode: Mode, args: string[], directory = LOCAL_DIRECTORY): Promise<void> {
  const env = readUserEnv(PROJECT_DIRECTORY, mode === 'dev' ? 'development' : 'production')
  const signal = abortOnSignal()
  if (env.NEXT_PUBLIC_SUPABASE_URL) return await untilEnd(mode, args, {}, signal)
  if (mode === 'start' && !existsSync(join(PROJECT_DIRECTORY, '.next/BUILD_ID'))) {
    throw new Error('There is no production build to start yet: run npm run build first.')
  }
  const { values } = parseArgs({
    args,
    strict: false,
    options: { port: { type: 'string', short: 'p' }, hostname: { type: 'string', short: 'H' } },
  })
  const { refuseWhileRunning, withStack } = await loadStack()
  await refuseWhileRunning(directory)
  const wanted = Number(values.port ?? env.PORT ?? DEFAULT_PORT)
  const port = await findFreePort(wanted)
  const appUrl = `http://localhost:${port}`
  if (port !== wanted) console.log(`Port ${wanted} is taken, so the app runs at ${appUrl}.`)
  await withStack({ appUrl, app: true, directory, signal }, async (stack) => {
    // The seeded passwords are no secret, so the app stays on this machine by default otherwise.
    const hostname = values.hostname ? [] : ['-H', 'localhost']
    await untilEnd(mode, [...args, '-p', String(port), ...hostname], stack.env, signal)
  })
}

/**
 * Works on runs in the background without serving the app: the same build, which listens on a port of this machine alone,
 * where `/api/health` tells that it lives. On the services of `npm run dev` where those run.
 */
export async function runWorker(): Promise<void> {
  const signal = abortOnSignal()
  const given = readUserEnv(PROJECT_DIRECTORY, 'production')
  const port = await findFreePort(Number(given.PORT ?? 0))
  const env = given.NEXT_PUBLIC_SUPABASE_URL ? {} : await readStackEnv()
  console.log(`The worker runs. It answers at http://127.0.0.1:${port}/api/health`)
  await untilEnd('start', ['-p', String(port), '-H', '127.0.0.1'], { ...env, RUN_WORKER: 'app' }, signal)
}

async function readStackEnv(): Promise<Record<string, string>> {
  const { readRunningEnv } = await loadStack()
  return readRunningEnv()
}

/** Loaded only when needed: an installation for production lacks what the stack is made of. */
async function loadStack() {
  return await import('./with-stack.ts').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new Error(
      'NEXT_PUBLIC_SUPABASE_URL is not set, and the embedded stack is not installed: it belongs to the development dependencies. Set the variables that .env.example lists, or run npm install without --omit=dev.',
    )
  })
}

async function untilEnd(
  mode: Mode,
  args: string[],
  env: Record<string, string>,
  signal: AbortSignal,
): Promise<void> {
  const next = fork(new URL('./next-process.ts', import.meta.url), [mode, ...args], {
    cwd: PROJECT_DIRECTORY,
    // Next.js starts further processes by the name `node`: they shall be the same Node.js.
    env: { ...process.env, ...env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) },
  })
  const ended = once(next, 'exit')
  const stopped = untilAborted(signal).then(() => 'stopped' as const)
  if ((await Promise.race([ended, stopped])) !== 'stopped') {
    process.exitCode = next.exitCode ?? 1
    return
  }
  next.kill('SIGTERM')
  await Promise.race([ended, delay(STOP_MS)])
  next.kill('SIGKILL')
}
