/** Whole credits, or a formula over named variables, as in `'{token} * 0.001 + 10'`, rounded up. */
export type Cost = number | string

export type CreditsConfig = {
  /** The price of each action: `default`, and per tier what differs. */
  costs: Readonly<Record<string, Readonly<Record<string, Cost>>>>
  membership?: {
    /** Each tier and its level; a higher level may do all that a lower one may. */
    tiers: Readonly<Record<string, number>>
    /** The lowest tier an action takes; null for none. */
    requirements?: Readonly<Record<string, string | null>>
    /** What an upgrade fills the balance to, and a downgrade cuts it to, in credits. */
    creditsCaps?: Readonly<Record<string, number>>
  }
  /** Applies to transactions of the engine's own, never to one that was passed in. Delays are milliseconds. */
  retry?: Partial<RetryConfig>
  idempotency?: Partial<IdempotencyConfig>
  audit?: { enabled: boolean }
}

export type RetryConfig = {
  enabled: boolean
  /** All attempts, the first one included. */
  maxAttempts: number
  initialDelay: number
  maxDelay: number
  backoffMultiplier: number
}

export type IdempotencyConfig = {
  enabled: boolean
  /** How long a key is remembered, in seconds. */
  ttl: number
}

export const DEFAULT_RETRY: RetryConfig = {
  enabled: true,
  maxAttempts: 4,
  initialDelay: 25,
  maxDelay: 1000,
  backoffMultiplier: 2,
}

export const DEFAULT_IDEMPOTENCY: IdempotencyConfig = { enabled: true, ttl: 24 * 60 * 60 }
