/**
 * What runs in a child process: loads the task named on the command line, runs it once on the input it is sent, and
 * answers. Production builds carry this file as it is, so it imports nothing of the project.
 */
import { serialize } from 'node:v8'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

type ChildMessage =
  | { kind: 'output'; output: unknown }
  | { kind: 'output too large' }
  | { kind: 'error'; error: string }

const WATCH_MS = 50
const [task = '', maxMemoryMb, maxOutputBytes] = process.argv.slice(2)

if (isMainThread) {
  new Worker(new URL(import.meta.url), { argv: process.argv.slice(2), workerData: process.ppid })
  process.once('message', async ({ input }: { input: unknown }) => process.send?.(await answer(input)))
} else {
  setInterval(watch, WATCH_MS)
}

async function answer(input: unknown): Promise<ChildMessage> {
  try {
    const { run } = await import(task)
    const output: unknown = await run(input)
    const tooLarge = serialize(output).byteLength > Number(maxOutputBytes)
    return tooLarge ? { kind: 'output too large' } : { kind: 'output', output }
  } catch (error) {
    return { kind: 'error', error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/**
 * Ends the process when it takes up too much memory (SIGTERM) or whoever started it is gone (SIGKILL). From a thread of
 * its own, which a task that never pauses does not keep from it. process.exit() would wait for native code.
 */
function watch(): void {
  if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL')
  if (process.memoryUsage.rss() > Number(maxMemoryMb) * 1024 ** 2) process.kill(process.pid, 'SIGTERM')
}
