type Ranks = Readonly<Record<string, number>>

/** How far along a payment is; it never moves to a lower rank. The same as `private.payment_rank`. */
export const PAYMENT_RANKS: Ranks = { pending: 0, processing: 1, failed: 2, cancelled: 2, succeeded: 3 }

/** How far along a payment refund is. The same as `private.payment_refund_rank`. */
export const PAYMENT_REFUND_RANKS: Ranks = { requested: 0, pending: 1, review: 2, failed: 3, succeeded: 4 }

/** How far along a subscription is: 1 is alive, 2 over for good. The same as `private.subscription_rank`. */
export const SUBSCRIPTION_RANKS: Ranks = {
  pending: 0,
  active: 1,
  past_due: 1,
  on_hold: 1,
  paused: 1,
  cancelled: 2,
  failed: 2,
  expired: 2,
}

/** The rank of a status; an unknown one is before all others. */
export function rankOf(ranks: Ranks, status: string): number {
  return ranks[status] ?? -1
}

/** Whether a subscription with this status is over for good. */
export function isOver(status: string): boolean {
  return rankOf(SUBSCRIPTION_RANKS, status) === SUBSCRIPTION_RANKS.expired
}
