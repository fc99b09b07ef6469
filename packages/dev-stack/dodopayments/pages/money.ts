import type { DodoPayments } from '../types.ts'

/** Currencies whose minor unit is not a hundredth (ISO 4217), by decimals. The product, not imported here, has its own. */
const OTHER_DECIMALS = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

/** 3999, USD → $39.99, or as a code USD 39.99; knows that some currencies have no minor unit. */
export function money(
  minorUnits: number,
  currency: string,
  currencyDisplay: 'symbol' | 'code' = 'symbol',
): string {
  const other = Object.entries(OTHER_DECIMALS).find(([, codes]) => codes.split(' ').includes(currency))
  const decimals = Number(other?.[0] ?? 2)
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(minorUnits / 10 ** decimals)
}

/** 1, Month → “per month”; 3, Month → “every 3 months”. */
export function frequency(count: number, interval: DodoPayments.TimeInterval): string {
  const unit = interval.toLowerCase()
  return count === 1 ? `per ${unit}` : `every ${count} ${unit}s`
}

/** 2026-12-26T… → December 26, 2026. */
export const longDate = (iso: string) =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso))
