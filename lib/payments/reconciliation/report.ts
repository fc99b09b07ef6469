import 'server-only'
import { logger } from '@/lib/logger'
import { RefusedError } from '@/lib/supabase/refusals'

/** How much was compared. `foreign` are payments of customers that are not ours: of another product, for example. */
export type Checked = { payments: number; refunds: number; subscriptions: number; foreign: number }

export type Difference = {
  /**
   * `charge` is a charge of a subscription that paid for no period of ours, `refund_request` one of ours that the
   * provider does not know, `event` one that waits for an admin, `unfinished` what ended the comparison early.
   */
  kind: 'payment' | 'refund' | 'subscription' | 'charge' | 'refund_request' | 'event' | 'unfinished'
  /** The provider's id; of a `refund_request` ours. */
  id: string
  theirs: string | null
  ours: string | null
  repaired: boolean
  /** What was not repaired and why, or what an admin can do; a sentence. */
  note: string | null
}

export type Found = Pick<Difference, 'kind' | 'id' | 'theirs' | 'ours'>
/** `settled`: it turned out that nothing differs. A note says why it was left as it is. */
export type Repair = 'repaired' | 'settled' | { note: string }

/** So many in a row are no longer single cases: the provider or the database is away. */
const MAX_FAILURES = 5

/** What a reconciliation found so far, and what it did about it. */
export class ReconcileReport {
  readonly checked: Checked = { payments: 0, refunds: 0, subscriptions: 0, foreign: 0 }
  readonly differences: Difference[] = []
  #failures = 0

  /** Notes a difference that nobody but an admin can do something about. */
  note(found: Found, note: string): void {
    this.differences.push({ ...found, repaired: false, note })
  }

  /** Repairs one difference and notes how that went. One that fails stops no other, unless nothing works any more. */
  async repair(found: Found, act: () => Promise<Repair>): Promise<void> {
    try {
      const outcome = await act()
      this.#failures = 0
      if (outcome === 'repaired') this.differences.push({ ...found, repaired: true, note: null })
      else if (outcome !== 'settled') this.note(found, outcome.note)
    } catch (error) {
      logger.error('a difference could not be repaired', { ...found, error })
      this.note(found, `This could not be repaired: ${text(error)}`)
      if (!(error instanceof RefusedError)) this.#failures += 1
      if (this.#failures >= MAX_FAILURES) throw error
    }
  }

  breakOff(provider: string, error: unknown): void {
    const found = {
      kind: 'unfinished',
      id: `${new Date().toISOString()} ${provider}`,
      theirs: null,
      ours: null,
    } as const
    this.note(found, `The comparison with ${provider} broke off: ${text(error)}`)
  }
}

/** For the report, which only admins read. */
function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
