import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { logger } from '@/lib/logger'
import { type ClaimedRun, claimRun } from './claim-run'
import { releaseClaimed } from './work-run'

/** How often the queue is looked at without being told to, in ms. */
const POLL_MS = 1_000

/** Runs at once in one process. */
const MAX_PER_PROCESS = 4

/** Runs a claimed run of one tool to its end. */
export type WorkRun = (claimed: ClaimedRun) => Promise<void>

/** What runs the tool of an id; undefined for a tool that there is no more. */
export type FindWork = (toolId: string) => Promise<WorkRun | undefined>

/** Takes runs off the queue and runs them, a few at once. */
export class RunWorker {
  readonly #findWork: FindWork
  readonly #running = new Set<Promise<void>>()
  #wake = new AbortController()

  constructor(findWork: FindWork) {
    this.#findWork = findWork
  }

  /** Looks at the queue now. */
  wake(): void {
    this.#wake.abort()
  }

  /** Works until `signal` is aborted, then finishes what it has begun. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#wake = new AbortController()
      const claimed = this.#running.size < MAX_PER_PROCESS ? await this.#claim() : null
      if (claimed) this.#start(claimed)
      else await this.#pause(signal)
    }
    await Promise.all(this.#running)
  }

  /** Works until the queue has nothing for it, and claims nothing more after `claimForMs`. @returns how many it ran */
  async drain({ claimForMs = Infinity } = {}): Promise<number> {
    const endAt = Date.now() + claimForMs
    let ran = 0
    const work = async () => {
      while (Date.now() < endAt) {
        const claimed = await this.#claim()
        if (!claimed) return
        ran++
        await this.#work(claimed)
      }
    }
    await Promise.all(Array.from({ length: MAX_PER_PROCESS }, work))
    return ran
  }

  async #claim(): Promise<ClaimedRun | null> {
    return claimRun().catch((error) => {
      logger.warn('no run could be claimed', { error })
      return null
    })
  }

  #start(claimed: ClaimedRun): void {
    const work = this.#work(claimed).finally(() => {
      this.#running.delete(work)
      this.wake()
    })
    this.#running.add(work)
  }

  async #work(claimed: ClaimedRun): Promise<void> {
    try {
      const work = await this.#findWork(claimed.tool)
      await (work ? work(claimed) : releaseClaimed(claimed.reservation, 'There is no such tool any more.'))
    } catch (error) {
      logger.error('a worker failed; its run comes back by itself', { tool: claimed.tool, error })
    }
  }

  async #pause(signal: AbortSignal): Promise<void> {
    const until = AbortSignal.any([signal, this.#wake.signal])
    await delay(POLL_MS, undefined, { signal: until }).catch(() => undefined)
  }
}
