import { ApiCallError, type RunProgress, toRequest } from '@/lib/http/api-client'
import { createCallMemory } from '@/lib/http/call-memory'
import { makeApiCallWithCreditUpdate } from './make-api-call'

/** What `creditRoute` adds to every tool's result, in whole credits of `creditType`. */
export type ToolReceipt = {
  creditsUsed: number
  newBalance: number
  creditType: string
  transactionId: number
  runId: number
}

/** A tool in this tab: whether it runs, how far it has come, and what its last run gave. */
export type RunState<Result> = { running: boolean; progress: RunProgress | null; result: Result | null }

/** How a run ended. `page` is where it was started, `watched` whether its tool is on screen now. */
export type RunEnd = Outcome & { userId: string; page: string; watched: boolean }

type Outcome = { ok: true; creditsUsed: number; creditType: string } | { ok: false; error: unknown }

type ToolRuns = {
  userId: string
  state: RunState<unknown>
  memory: ReturnType<typeof createCallMemory>
  call: AbortController
  watchers: Set<() => void>
}

/** A tool that has not run in this tab. */
export const IDLE_TOOL: RunState<never> = { running: false, progress: null, result: null }

/**
 * The runs of this tab. They live above the pages: following a link leaves a run going, and its result is there on
 * return. Leaving the tab itself breaks the connection, and the server ends the run. Free of any framework.
 */
export class RunStore {
  readonly #tools = new Map<string, ToolRuns>()
  readonly #listeners = new Set<(end: RunEnd) => void>()

  /** The same object until something changes. */
  get<Result>(userId: string, url: string): RunState<Result>
  get(userId: string, url: string): RunState<unknown> {
    return this.#tools.get(keyOf(userId, url))?.state ?? IDLE_TOOL
  }

  /** Calls back with every change of a tool that is on screen. */
  watch(userId: string, url: string, onChange: () => void): () => void {
    const { watchers } = this.#tool(userId, url)
    watchers.add(onChange)
    return () => void watchers.delete(onChange)
  }

  /** Hears how each run ends, wherever its page is by then. */
  onEnd(listener: (end: RunEnd) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /**
   * Starts a run, unless one of this tool is on its way. A run repeated after the network failed carries the same key,
   * so it is charged once and answered again. Resolves when it has ended, whichever way.
   */
  async start(userId: string, url: string, input: object, page: string): Promise<void> {
    const tool = this.#tool(userId, url)
    if (tool.state.running) return
    change(tool, { running: true, progress: null })
    try {
      const result = await send(tool, url, input)
      change(tool, { running: false, result })
      const { creditsUsed, creditType } = result
      this.#tell(tool, page, { ok: true, creditsUsed, creditType })
    } catch (error) {
      change(tool, { running: false })
      this.#tell(tool, page, { ok: false, error })
    }
  }

  /** Forgets what others did in this tab, and hangs up on their runs. */
  keepOnly(userId: string): void {
    for (const [key, tool] of this.#tools) {
      if (tool.userId === userId) continue
      this.#tools.delete(key)
      tool.call.abort()
    }
  }

  #tell({ userId, watchers }: ToolRuns, page: string, outcome: Outcome): void {
    const end = { ...outcome, userId, page, watched: watchers.size > 0 }
    for (const listener of [...this.#listeners]) listener(end)
  }

  #tool(userId: string, url: string): ToolRuns {
    const key = keyOf(userId, url)
    const tool: ToolRuns = this.#tools.get(key) ?? {
      userId,
      state: IDLE_TOOL,
      memory: createCallMemory(),
      call: new AbortController(),
      watchers: new Set(),
    }
    this.#tools.set(key, tool)
    return tool
  }
}

const keyOf = (userId: string, url: string) => `${userId} ${url}`

function change(tool: ToolRuns, changes: Partial<RunState<unknown>>): void {
  tool.state = { ...tool.state, ...changes }
  for (const watcher of [...tool.watchers]) watcher()
}

async function send(tool: ToolRuns, url: string, input: object): Promise<ToolReceipt> {
  const { userId, memory, call } = tool
  const { key, repeated } = memory.keyFor(input)
  const onProgress = (progress: RunProgress) => change(tool, { progress })
  try {
    const request = toRequest({ body: input, idempotencyKey: key, onProgress, signal: call.signal })
    const answer = await makeApiCallWithCreditUpdate<ToolReceipt>(
      () => fetch(url, request),
      userId,
      onProgress,
    )
    memory.ended()
    return answer
  } catch (error) {
    memory.ended(error)
    // The run that was asked about again had been given back. What is wanted is a result: a new run.
    if (repeated && wasGivenBack(error)) return send(tool, url, input)
    throw error
  }
}

/** Whether the run ended without a result when its connection or its server was lost, and nobody paid for it. */
function wasGivenBack(error: unknown): boolean {
  if (!(error instanceof ApiCallError) || error.details.creditsUsed !== undefined) return false
  return error.code === 'client_closed_request' || error.code === 'run_lost'
}

/** The tab's one store of runs. */
export const runStore = new RunStore()
