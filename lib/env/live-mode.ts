/**
 * How browsers hear of changes: Realtime reports those of the published tables, or the database broadcasts to a private
 * topic for each owner.
 */
export const LIVE_MODES = ['changes', 'broadcast'] as const
export type LiveMode = (typeof LIVE_MODES)[number]
