import { ServerBusyError } from './errors'

type Limits = {
  places: number
  memoryMb: number
  maxWaiting: number
  maxWaitingPerUser: number
  maxWaitMs: number
}

type Entry = { userId: string; memoryMb: number; signal: AbortSignal }

type Waiting = Entry & { start: () => void }

/**
 * Lets a bounded number of runs in, of a bounded size together. Users take turns, whoever has fewer waiting or more, and
 * one of them never has every place.
 */
export class FairQueue {
  readonly #limits: Limits
  readonly #running = new Map<string, number>()
  /** By user, in the order of their turns. */
  readonly #waiting = new Map<string, Waiting[]>()
  #memoryMb = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** @throws ServerBusyError when a run of this user would not even be let wait */
  assertMayWait(userId: string): void {
    const all = this.#waiting.values().reduce((sum, { length }) => sum + length, 0)
    const own = this.#waiting.get(userId)?.length ?? 0
    if (all >= this.#limits.maxWaiting || own >= this.#limits.maxWaitingPerUser) throw new ServerBusyError()
  }

  /**
   * Waits for a place of `memoryMb`; disposing of it gives it back.
   * @throws ServerBusyError when too many wait already, or after `maxWaitMs`; the reason of the signal once it is aborted
   */
  async enter(entry: Entry): Promise<Disposable> {
    entry.signal.throwIfAborted()
    if (entry.memoryMb > this.#limits.memoryMb) {
      throw new RangeError(`A run cannot have ${entry.memoryMb} of ${this.#limits.memoryMb} MB.`)
    }
    this.assertMayWait(entry.userId)
    await this.#waitForTurn(entry)
    let left = false
    return {
      [Symbol.dispose]: () => {
        if (left) return
        left = true
        this.#leave(entry)
      },
    }
  }

  #waitForTurn(entry: Entry): Promise<void> {
    return new Promise((resolve, reject) => {
      const stopWaiting = () => {
        clearTimeout(timer)
        entry.signal.removeEventListener('abort', abort)
      }
      const waiting: Waiting = {
        ...entry,
        start: () => {
          stopWaiting()
          resolve()
        },
      }
      const giveUp = (reason: unknown) => {
        stopWaiting()
        this.#remove(waiting)
        reject(reason)
        this.#startNext()
      }
      const abort = () => giveUp(entry.signal.reason)
      const timer = setTimeout(() => giveUp(new ServerBusyError()), this.#limits.maxWaitMs)
      entry.signal.addEventListener('abort', abort)
      const own = this.#waiting.get(entry.userId)
      if (own) own.push(waiting)
      else this.#waiting.set(entry.userId, [waiting])
      this.#startNext()
    })
  }

  #startNext(): void {
    for (let next = this.#findNext(); next; next = this.#findNext()) {
      this.#remove(next)
      const left = this.#waiting.get(next.userId)
      if (left) {
        // Behind everyone else who waits.
        this.#waiting.delete(next.userId)
        this.#waiting.set(next.userId, left)
      }
      this.#running.set(next.userId, (this.#running.get(next.userId) ?? 0) + 1)
      this.#memoryMb += next.memoryMb
      next.start()
    }
  }

  /** Whose turn it is, if there is a place. A large run is waited for: small ones would pass it forever. */
  #findNext(): Waiting | undefined {
    const places = this.#limits.places - this.#running.values().reduce((sum, count) => sum + count, 0)
    if (places === 0) return undefined
    for (const [userId, [next]] of this.#waiting) {
      if (!next || (this.#running.get(userId) ?? 0) >= Math.max(1, this.#limits.places - 1)) continue
      return this.#memoryMb + next.memoryMb > this.#limits.memoryMb ? undefined : next
    }
    return undefined
  }

  #remove(waiting: Waiting): void {
    const left = this.#waiting.get(waiting.userId)?.filter((other) => other !== waiting) ?? []
    if (left.length > 0) this.#waiting.set(waiting.userId, left)
    else this.#waiting.delete(waiting.userId)
  }

  #leave({ userId, memoryMb }: Entry): void {
    const running = (this.#running.get(userId) ?? 0) - 1
    if (running > 0) this.#running.set(userId, running)
    else this.#running.delete(userId)
    this.#memoryMb -= memoryMb
    this.#startNext()
  }
}
