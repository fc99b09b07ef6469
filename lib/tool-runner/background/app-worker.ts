import 'server-only'
import { after } from 'next/server'
import { env } from '@/lib/env'
import { logger } from '@/lib/logger'
import { type FindWork, RunWorker } from './run-worker'

// Next.js compiles the start of the server and its routes apart: they share the process, not the modules.
const shared: typeof globalThis & { runWorker?: RunWorker } = globalThis

let findWork: FindWork | undefined

/** Says what runs each tool: the registry does, when it is loaded. */
export function provideWork(find: FindWork): void {
  findWork = find
}

/** Starts the worker of this process, once. */
export function startAppWorker(find: FindWork): void {
  if (shared.runWorker) return
  shared.runWorker = new RunWorker(find)
  void shared.runWorker.run(new AbortController().signal)
}

/** Lets the worker of this process look at the queue; without one, works on it once the answer is sent. */
export function wakeWorker(): void {
  if (shared.runWorker) shared.runWorker.wake()
  else if (env().RUN_WORKER === 'request') after(() => drainQueue())
}

/** Works on the queue until it has nothing more, or `claimForMs` is over. @returns how many runs it ran */
export async function drainQueue(claimForMs?: number): Promise<number> {
  if (!findWork) {
    logger.error('the queue was to be worked on before the registry of tools was loaded')
    return 0
  }
  return new RunWorker(findWork).drain({ claimForMs })
}
