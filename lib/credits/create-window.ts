import type { Outcome } from './call-many'

/** Longest batch: what waits beyond it goes as the next one. */
const MAX_TOGETHER = 100

type Senders<Call, Result> = {
  /** How long the first call waits for others, in ms. */
  milliseconds: number
  sendAlone(call: Call): Promise<Result>
  sendTogether(calls: readonly Call[]): Promise<Outcome<Result>[]>
}

type Waiting<Call, Result> = PromiseWithResolvers<Result> & { call: Call }

/**
 * Sends calls that come within one window as one batch, and gives each caller its own answer. A batch that fails as a whole
 * is sent once more, one by one: every call needs a key by which it is noticed when it was done after all.
 */
export function createWindow<Call, Result>({
  milliseconds,
  sendAlone,
  sendTogether,
}: Senders<Call, Result>): (call: Call) => Promise<Result> {
  let waiting: Waiting<Call, Result>[] = []
  let timer: NodeJS.Timeout | undefined

  function close(): void {
    clearTimeout(timer)
    const batch = waiting
    waiting = []
    void send(batch)
  }

  async function send(batch: Waiting<Call, Result>[]): Promise<void> {
    // Alone, a call takes the shorter way.
    const outcomes =
      batch.length > 1 ? await sendTogether(batch.map(({ call }) => call)).catch(() => null) : null
    for (const [index, { call, resolve, reject }] of batch.entries()) {
      const outcome = outcomes?.[index]
      if (!outcome) resolve(sendAlone(call))
      else if (outcome.ok) resolve(outcome.result)
      else reject(outcome.error)
    }
  }

  return (call) => {
    const caller = { ...Promise.withResolvers<Result>(), call }
    waiting.push(caller)
    if (waiting.length === MAX_TOGETHER) close()
    else if (waiting.length === 1) timer = setTimeout(close, milliseconds)
    return caller.promise
  }
}
