import { DAY_MS, HOUR_MS, MINUTE_MS } from './time'

const UNITS = [
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
] as const

/** How long ago an ISO timestamp was, in its largest unit: `3 days`, `1 hour`, `under a minute`. */
export function ageOf(iso: string, now = Date.now()): string {
  const age = now - Date.parse(iso)
  for (const [unit, ms] of UNITS) {
    const count = Math.floor(age / ms)
    if (count >= 1) return `${count} ${unit}${count === 1 ? '' : 's'}`
  }
  return 'under a minute'
}
