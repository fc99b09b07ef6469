/**
 * What runs in a child process: loads the task named on the command line, runs it once on the input it is sent, and
 * answers. Production builds carry this file as it is, so it imports nothing of the project.
 */
import { setInterval } from 'node:timers'
import { serialize } from 'node:v8'

export type ChildMessage =
  | { kind: 'output'; output: unknown }
  | { kind: 'exceeded'; limit: 'memory' | 'output' }
  | { kind: 'error'; error: string }

const MEMORY_CHECK_MS = 50
const [task = '', maxMemoryMb, maxOutputBytes] = process.argv.slice(2)

const answer = (message: ChildMessage) => process.send?.(message)

// Whoever started this is gone, or has its answer. process.exit() would wait for native code that is still at work.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

setInterval(() => {
  if (process.memoryUsage.rss() > Number(maxMemoryMb) * 1024 ** 2) {
    answer({ kind: 'exceeded', limit: 'memory' })
  }
}, MEMORY_CHECK_MS)

process.once('message', async ({ input }: { input: unknown }) => {
  try {
    const { run } = await import(task)
    const output: unknown = await run(input)
    const tooLarge = serialize(output).byteLength > Number(maxOutputBytes)
    answer(tooLarge ? { kind: 'exceeded', limit: 'output' } : { kind: 'output', output })
  } catch (error) {
    answer({ kind: 'error', error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
