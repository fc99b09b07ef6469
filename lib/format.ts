import type { CreditUnit } from './credit-type.ts'
import { decimalsOf } from './currency.ts'

/** One locale for server and browser, or the first render and the hydrated one would differ. */
const LOCALE = 'en-US'

const credits = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 })
const signed = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0, signDisplay: 'exceptZero' })
const dollars = new Intl.NumberFormat(LOCALE, {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
})
const date = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' })
const dateTime = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

/** Whole credits with thousands separators: `12,500`. */
export function formatCredits(amount: number): string {
  return credits.format(amount)
}

/** A ledger amount with its sign: `+500`, `−2`, `0`. The minus is U+2212, as wide as the plus. */
export function formatSignedCredits(amount: number): string {
  return signed.format(amount).replace('-', '−')
}

const CREDIT: CreditUnit = { unit: 'credit', unitPlural: 'credits' }

/** `1 credit`, `12 image credits`: a count with its word, that of its wallet where it is about one, for sentences. */
export function countCredits(amount: number, unit: CreditUnit = CREDIT): string {
  return `${credits.format(amount)} ${unitOf(amount, unit)}`
}

/** The word that goes with a count: `credit` with 1, else `credits`. */
export function unitOf(amount: number, { unit, unitPlural }: CreditUnit): string {
  return Math.abs(amount) === 1 ? unit : unitPlural
}

/** Integer minor units of a currency as people write it: `(999, 'USD')` gives `$9.99`, `(999, 'JPY')` gives `¥999`. */
export function formatMoney(minorUnits: number, currency: string): string {
  const decimals = decimalsOf(currency)
  return moneyFormat(currency, decimals).format(minorUnits / 10 ** decimals)
}

/** US dollars that may be parts of a cent, as costs of a model are: `$0.0042`, `$12.50`. */
export function formatDollars(amount: number): string {
  return dollars.format(amount)
}

/** The day of an ISO timestamp, in UTC: `Nov 21, 2026`. */
export function formatDate(iso: string): string {
  return date.format(new Date(iso))
}

/** Day and minute of an ISO timestamp, in UTC: `Nov 21, 2026, 4:05 PM`. */
export function formatDateTime(iso: string): string {
  return dateTime.format(new Date(iso))
}

/** What one credit of a package costs, to a tenth of the smallest unit: `$0.080`. */
export function formatUnitPrice(minorUnits: number, credits: number, currency: string): string {
  const decimals = decimalsOf(currency)
  return moneyFormat(currency, decimals + 1).format(minorUnits / 10 ** decimals / credits)
}

function moneyFormat(currency: string, decimals: number): Intl.NumberFormat {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return new Intl.NumberFormat(LOCALE, { style: 'currency', currency, ...digits })
}

const bytes = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 3 })

/** A size in bytes as people write it: `812 B`, `48 KB`, `1.25 MB`. */
export function formatBytes(size: number): string {
  if (size < 1_000) return `${size} B`
  return size < 1_000_000 ? `${bytes.format(size / 1_000)} KB` : `${bytes.format(size / 1_000_000)} MB`
}
