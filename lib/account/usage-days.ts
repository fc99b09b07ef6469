import { DAY_MS } from '@/lib/time'

/** Credits used on a day, named as `2026-11-21`, in UTC; below zero when more came back than went. */
export type UsageDay = { day: string; used: number }

/** The last `count` days (UTC) up to and with the day of `now`, oldest first. */
export function lastDays(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const daysAgo = count - 1 - index
    return new Date(now.getTime() - daysAgo * DAY_MS).toISOString().slice(0, 10)
  })
}
