const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
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
