import type { DodoPayments } from '../types.ts'

/** 3999, USD → $39.99, or as a code USD 39.99; knows that some currencies have no minor unit. */
export function money(
  minorUnits: number,
  currency: string,
  currencyDisplay: 'symbol' | 'code' = 'symbol',
): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minorUnits / 10 ** digits)
}

/** 1, Month → “per month”; 3, Month → “every 3 months”. */
export function frequency(count: number, interval: DodoPayments.TimeInterval): string {
  const unit = interval.toLowerCase()
  return count === 1 ? `per ${unit}` : `every ${count} ${unit}s`
}

/** 2026-12-26T… → December 26, 2026. */
export const longDate = (iso: string) =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso))
