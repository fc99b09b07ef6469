import 'server-only'
import { creditService, type Reservation, type RunHandle } from '@/lib/credits'

type Limits = {
  /** The most the run may cost, in whole credits. */
  price: number
  /** How many credits are held at a time; the whole price when it is not given. */
  slice?: number
  /** Ends the run: its client left, or its time is up. */
  signal: AbortSignal
}

/**
 * What a run uses of the credits it holds. Takes the next slice when more is charged than is held, and delivers nothing
 * that is not held.
 */
export class RunMeter {
  readonly run: RunHandle
  readonly #limits: Limits
  readonly #stopped = new AbortController()
  /** Aborted when the run is to stop: with the limits, by `stop`, or for want of a slice. */
  readonly signal: AbortSignal
  #wallet: { held: number; balance: number; version: number }
  #used: number | null = null
  #charging: Promise<void> = Promise.resolve()
  #waiting = 0

  constructor({ transactionId, lease, amount, balance, version }: Reservation, limits: Limits) {
    this.run = { transactionId, lease }
    this.#limits = limits
    this.signal = AbortSignal.any([limits.signal, this.#stopped.signal])
    this.#wallet = { held: -amount, balance, version }
  }

  /** What the run said last that it had used, and that was held, in whole credits; null before it said anything. */
  get used(): number | null {
    return this.#used
  }

  /** What the run holds, and its wallet as of the last slice. */
  get wallet(): Readonly<{ held: number; balance: number; version: number }> {
    return this.#wallet
  }

  /** Says what the run has used; resolves once that is held. @throws RangeError for what it cannot cost */
  charge(credits: number): Promise<void> {
    const { price } = this.#limits
    if (!Number.isSafeInteger(credits) || credits < 0 || credits > price) {
      throw new RangeError(`A run priced at ${price} credits cannot cost ${credits}.`)
    }
    this.signal.throwIfAborted()
    if (this.#waiting === 0 && credits <= this.#wallet.held) {
      this.#used = credits
      return this.#charging
    }
    this.#waiting++
    this.#charging = this.#charging.then(() => this.#take(credits)).finally(() => this.#waiting--)
    // A tool that does not wait for its slice is stopped all the same, by the signal.
    this.#charging.catch(() => undefined)
    return this.#charging
  }

  /** Runs `send` once all that was charged before is held; never, when the run was stopped. */
  deliver(send: () => void): void {
    const unlessStopped = () => {
      if (!this.signal.aborted) send()
    }
    if (this.#waiting === 0) unlessStopped()
    else this.#charging.then(unlessStopped, () => undefined)
  }

  /** Waits until all that was charged is held. @throws why it cannot be */
  async flush(): Promise<void> {
    await this.#charging
  }

  /** Ends the run for its tool: nothing is charged or delivered any more. Waits for a slice that is on its way. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error('This run has ended.'))
    await this.#charging.catch(() => undefined)
  }

  async #take(credits: number): Promise<void> {
    this.signal.throwIfAborted()
    if (credits > this.#wallet.held) {
      const { price, slice = price } = this.#limits
      const total = Math.min(price, Math.ceil(credits / slice) * slice)
      try {
        this.#wallet = await creditService.extend(this.run, total)
      } catch (error) {
        this.#stopped.abort(error)
        throw error
      }
    }
    // Once the run was stopped, nothing that this pays for is delivered.
    if (!this.signal.aborted) this.#used = credits
  }
}
