/** Of what is not over for good, what still is something a person has; the same as in `private.live_subscription`. */
export const LIVE_STATUSES = ['active', 'past_due', 'on_hold', 'paused'] as const

type Ending = { cancel_at_period_end: boolean; current_period_end: string | null }

/** Of a user's subscriptions with a live status, newest first, the one that counts: it has not ended with its period. */
export function chooseLive<Subscription extends Ending>(
  subscriptions: readonly Subscription[],
  now = Date.now(),
): Subscription | null {
  const isOver = ({ cancel_at_period_end, current_period_end }: Ending) =>
    cancel_at_period_end && current_period_end !== null && Date.parse(current_period_end) <= now
  return subscriptions.find((subscription) => !isOver(subscription)) ?? null
}
