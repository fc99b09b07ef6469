import 'server-only'
import { type ChildProcess, fork } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { rejectOnAbort } from '@/lib/reject-on-abort'
import { WorkTooLargeError } from './errors'

const MAX_STDERR_CHARACTERS = 4_000

/** All that a child is told of the server's environment: no secrets, as it reads what strangers send. */
const PASSED_ON = ['PATH', 'TZ', 'TMPDIR', 'TEMP', 'LD_LIBRARY_PATH', 'SystemRoot']

const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('output'), output: z.unknown() }),
  z.object({ kind: z.literal('output too large') }),
  z.object({ kind: z.literal('error'), error: z.string() }),
])

export type ChildRun = {
  task: URL
  input: unknown
  signal: AbortSignal
  timeoutMs: number
  memoryMb: number
  maxOutputBytes: number
}

/**
 * Runs a task in a process of its own, and has ended that process when it returns, however it does.
 * @throws WorkTooLargeError, the reason of the signal once it is aborted, or what the task threw
 */
export async function runChild(run: ChildRun): Promise<unknown> {
  const { input, signal, timeoutMs } = run
  signal.throwIfAborted()
  const child = start(run)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => child.pid ?? resolve())
  })
  const timeout = AbortSignal.timeout(timeoutMs)
  const either = AbortSignal.any([signal, timeout])
  try {
    return await Promise.race([converse(child, input), rejectOnAbort(either)])
  } catch (error) {
    if (timeout.aborted && !signal.aborted) throw new WorkTooLargeError('time')
    throw error
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

function start({ task, memoryMb, maxOutputBytes }: ChildRun): ChildProcess {
  const entry = fileURLToPath(new URL('./child.mts', import.meta.url))
  const child = fork(entry, [task.href, String(memoryMb), String(maxOutputBytes)], {
    env: {
      NODE_ENV: process.env.NODE_ENV,
      ...Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]])),
    },
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${memoryMb}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  if (child.pid) yieldToServer(child.pid)
  return child
}

/** The server's own work goes first: whoever reads a balance does not wait for a picture. */
function yieldToServer(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch (error) {
    logger.debug('a heavy task runs at the priority of the server, as the platform has it', { error })
  }
}

function converse(child: ChildProcess, input: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let complaint = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-MAX_STDERR_CHARACTERS)
    })
    child.once('message', (value) => {
      const { data, error } = message.safeParse(value)
      if (error) reject(error)
      else if (data.kind === 'output') resolve(data.output)
      else reject(data.kind === 'error' ? new Error(data.error) : new WorkTooLargeError('output'))
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      // The child's watch, and V8 when its heap is full.
      if (signal === 'SIGTERM' || signal === 'SIGABRT') reject(new WorkTooLargeError('memory'))
      else reject(new Error(`A heavy task ended with ${signal ?? code} and no answer. ${complaint}`))
    })
    // A child that has died meanwhile says so by its exit.
    child.send({ input }, () => undefined)
  })
}
