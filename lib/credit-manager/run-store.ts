import { z } from 'zod'
import { ApiCallError, callApi, type RunEvent, type RunProgress, toRequest } from '@/lib/http/api-client'
import { createCallMemory } from '@/lib/http/call-memory'
import { creditManager } from './credit-manager'
import { followRun } from './follow-run'
import { makeApiCallWithCreditUpdate } from './make-api-call'

const receipt = z.object({
  creditsUsed: z.int(),
  newBalance: z.int(),
  creditType: z.string(),
  transactionId: z.int(),
  runId: z.int(),
})

/** What `creditRoute` adds to every tool's result, in whole credits of `creditType`. */
export type ToolReceipt = z.output<typeof receipt>

/** A tool in this tab: whether it runs, how far it has come, and what its last run gave. */
export type RunState<Result> = {
  running: boolean
  /** Known as soon as the run has begun, and until the next one. */
  runId: number | null
  progress: RunProgress | null
  /** What the last run has written so far, whether or not it ended with a result. */
  text: string
  result: Result | null
}

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
export const IDLE_TOOL: RunState<never> = {
  running: false,
  runId: null,
  progress: null,
  text: '',
  result: null,
}

const canceled = z.object({ status: z.string() })
const queued = z.object({ status: z.literal('queued'), runId: z.int() })

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
    change(tool, { running: true, runId: null, progress: null, text: '' })
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

  /** Asks for the end of the run that is on its way: it ends as on any other page, with what it has used. */
  async cancel(userId: string, url: string): Promise<void> {
    const { running, runId } = this.#tool(userId, url).state
    if (!running || runId === null) return
    await callApi(`/api/runs/${runId}`, { body: { action: 'cancel' }, reply: canceled })
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
  const onEvent = (event: RunEvent) =>
    change(tool, event.type === 'run' ? { runId: event.runId } : { text: tool.state.text + event.text })
  try {
    const request = toRequest({ body: input, idempotencyKey: key, onProgress, signal: call.signal })
    const answer = await makeApiCallWithCreditUpdate<ToolReceipt>(
      () => fetch(url, request),
      userId,
      onProgress,
      onEvent,
    )
    memory.ended()
    const started = queued.safeParse(answer)
    return started.success ? await follow(tool, started.data.runId) : answer
  } catch (error) {
    memory.ended(error)
    // The run that was asked about again had been given back. What is wanted is a result: a new run.
    if (repeated && wasGivenBack(error)) return send(tool, url, input)
    throw error
  }
}

/** Waits for a run in the background, which goes on without this tab as well. */
async function follow(tool: ToolRuns, runId: number): Promise<ToolReceipt> {
  change(tool, { runId })
  const onProgress = (progress: RunProgress) => change(tool, { progress })
  try {
    const result = await followRun(runId, onProgress, tool.call.signal)
    return { ...result, ...receipt.parse(result) }
  } finally {
    void creditManager.refresh(tool.userId).catch(() => undefined)
  }
}

/** Whether the run ended without a result when its connection or its server was lost, and nobody paid for it. */
function wasGivenBack(error: unknown): boolean {
  if (!(error instanceof ApiCallError) || error.details.creditsUsed !== undefined) return false
  return error.code === 'client_closed_request' || error.code === 'run_lost'
}

/** The tab's one store of runs. */
export const runStore = new RunStore()
