import { DAY_MS } from './time'

/** The wall clock of a zone at a timestamp, as the milliseconds of a UTC clock that shows the same. */
function wallClock(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(at)
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  const [hour, minute, second] = [read('hour'), read('minute'), read('second')]
  return Date.UTC(read('year'), read('month') - 1, read('day'), hour, minute, second)
}

/** The day of an ISO timestamp in a zone: `2026-11-21`. */
export function dayInZone(iso: string, timeZone: string): string {
  return new Date(wallClock(Date.parse(iso), timeZone)).toISOString().slice(0, 10)
}

/** The ISO timestamp at which a day, as `2026-11-21`, begins in a zone: midnight, or what follows where there is none. */
export function startOfDayInZone(day: string, timeZone: string): string {
  const midnight = Date.parse(day)
  // The offset of the day before and that of the day after: clocks change between them at most once.
  const starts = [midnight - DAY_MS, midnight + DAY_MS]
    .map((at) => midnight - (wallClock(at, timeZone) - at))
    .sort((a, b) => a - b)
    .map((start) => new Date(start).toISOString())
  return starts.find((start) => dayInZone(start, timeZone) === day) ?? new Date(midnight).toISOString()
}

/** The day so many days later, or earlier. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)
}
