import { z } from 'zod'
import { callApi } from '@/lib/http/api-client'

/** Webhooks take a second or two: who still waits after the first pause lost one. Then less and less often. */
const PAUSES_MS = [10_000, 5_000, 10_000, 20_000, 40_000, 60_000, 120_000, 300_000]

const reply = z.object({ outcome: z.enum(['settled', 'waiting', 'nothing']) })

/** Has the payment provider asked about the purchase that is waited for, until the returned function is called. */
export function checkWhileWaiting(onSettled: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  function plan(turn: number): void {
    const pause = PAUSES_MS[turn]
    if (pause === undefined || stopped) return
    timer = setTimeout(() => void check(turn), pause)
  }

  async function check(turn: number): Promise<void> {
    try {
      const { outcome } = await callApi('/api/dodopayments/check', { body: {}, reply })
      if (outcome === 'settled' && !stopped) onSettled()
    } catch {
      // Nobody asked for this by hand: the next turn tries again, and the page says when it takes long.
    }
    plan(turn + 1)
  }

  plan(0)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
