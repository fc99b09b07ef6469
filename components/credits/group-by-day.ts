import type { Format } from '@/lib/format'
import { addDays, dayInZone } from '@/lib/zone-days'

/** Entries in their order, by the days of a zone; the label is 'Today', 'Yesterday' or the date. */
export function groupByDay<Entry extends { created_at: string }>(
  entries: readonly Entry[],
  { timeZone, formatDate }: Pick<Format, 'timeZone' | 'formatDate'>,
  now: Date,
): { day: string; label: string; entries: Entry[] }[] {
  const today = dayInZone(now.toISOString(), timeZone)
  const names = new Map([
    [today, 'Today'],
    [addDays(today, -1), 'Yesterday'],
  ])
  const days = Map.groupBy(entries, ({ created_at }) => dayInZone(created_at, timeZone))
  return [...days].map(([day, ofDay]) => ({
    day,
    label: names.get(day) ?? formatDate(ofDay[0]?.created_at ?? day),
    entries: ofDay,
  }))
}
