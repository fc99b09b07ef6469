import 'server-only'
import type { z } from 'zod'
import { DEFAULT_MAX_OUTPUT_BYTES, DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT_MS } from './limits'
import { heavyWork } from './queue'
import { type ChildRun, runChild } from './run-child'

type Run = (input: never) => Promise<unknown>

type Output<Task extends Run> = Awaited<ReturnType<Task>>

type HeavyTask<Task extends Run> = {
  /**
   * Its file, as `new URL('./name.task.mts', import.meta.url)`, which is how a production build carries it along. It
   * exports `run` and imports packages alone: nothing of the project is where it runs.
   */
  file: URL
  /** The same file, as `() => import('./name.task.mts')`. Never called: by it the build finds the packages it needs. */
  source: () => Promise<{ run: Task }>
  /** What comes back, checked: the child has read what a stranger sent. */
  output: z.ZodType<Output<Task>>
  /** The longest it may run, in ms; 20,000 by default. */
  timeoutMs?: number
  /** The most memory it may take, in MB; 512 by default. */
  memoryMb?: number
  /** The largest output, in bytes; 20 MiB by default. */
  maxOutputBytes?: number
}

type Caller = {
  /** Users take turns. */
  userId: string
  /** The run's own: once it is aborted, the process is killed. */
  signal: AbortSignal
  /** For inputs of which it is known what they need. */
  memoryMb?: number
}

/**
 * Declares work that would hold up everyone else in the server's own process: pictures, archives, documents. Each run
 * gets a child process, at low priority, and waits for its turn if too many run.
 *
 * The runs throw ServerBusyError (503, with `Retry-After`), WorkTooLargeError (413), and what the task throws as a plain
 * Error. What a task expects to go wrong, it returns.
 */
export function defineHeavyTask<Task extends Run>(
  task: HeavyTask<Task>,
): (input: Parameters<Task>[0], caller: Caller) => Promise<Output<Task>> {
  const { file, output, timeoutMs = DEFAULT_TIMEOUT_MS } = task
  const { maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES } = task
  return (input, { userId, signal, memoryMb = task.memoryMb ?? DEFAULT_MEMORY_MB }) =>
    runInTurn(userId, { task: file, input, signal, timeoutMs, memoryMb, maxOutputBytes }).then((found) =>
      output.parse(found),
    )
}

async function runInTurn(userId: string, run: ChildRun): Promise<unknown> {
  using _place = await heavyWork().enter({ userId, memoryMb: run.memoryMb, signal: run.signal })
  return await runChild(run)
}

/** For a tool's `check`: refuses before anything is charged. @throws ServerBusyError when a run would not be let wait */
export function assertNotBusy(userId: string): void {
  heavyWork().assertMayWait(userId)
}
