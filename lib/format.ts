import type { CreditUnit } from './credit-type.ts'
import { decimalsOf } from './currency.ts'

/** How somebody reads: whose numbers and money, and the zone of times. Dates are in the language of the sentences. */
export type Reader = {
  /** BCP 47: `en-US`, `de-DE`. */
  locale: string
  /** IANA: `Asia/Kolkata`. */
  timeZone: string
}

export type Format = ReturnType<typeof createFormat>

/** The language of the sentences around a date. */
const LANGUAGE = 'en-US'

/** Public pages, which are the same for everybody, and mails. */
export const EVERYBODY: Reader = { locale: LANGUAGE, timeZone: 'UTC' }

const CREDIT: CreditUnit = { unit: 'credit', unitPlural: 'credits' }

/**
 * What writes numbers, money and times for one reader. Server and browser must be given the same reader, or the first
 * render and the hydrated one differ.
 */
export function createFormat({ locale, timeZone }: Reader) {
  const credits = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: 'exceptZero' })
  const dollars = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const bytes = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 })
  const date = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeZone })
  const dateOfYear = new Intl.DateTimeFormat(LANGUAGE, { month: 'short', day: 'numeric', timeZone })
  const year = new Intl.DateTimeFormat(LANGUAGE, { year: 'numeric', timeZone })
  const day = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeZone: 'UTC' })
  const monthDay = new Intl.DateTimeFormat(LANGUAGE, { month: 'short', day: 'numeric', timeZone: 'UTC' })
  const dateTime = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const time = new Intl.DateTimeFormat(LANGUAGE, { timeStyle: 'short', timeZone })
  const zone = new Intl.DateTimeFormat(LANGUAGE, { timeZone, timeZoneName: 'short' })

  function money(currency: string, decimals: number): Intl.NumberFormat {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
    return new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits })
  }

  return {
    timeZone,

    /** Whole credits with separators: `12,500`. */
    formatCredits: (amount: number): string => credits.format(amount),

    /** A ledger amount with its sign: `+500`, `−2`, `0`. The minus is U+2212, as wide as the plus. */
    formatSignedCredits: (amount: number): string => signed.format(amount).replace('-', '−'),

    /** `1 credit`, `12 image credits`: a count with its word, that of its wallet where it is about one, for sentences. */
    countCredits: (amount: number, unit: CreditUnit = CREDIT): string =>
      `${credits.format(amount)} ${unitOf(amount, unit)}`,

    /** A part of a whole, 0 to 1: `12.5%`. */
    formatPercent: (share: number): string => percent.format(share),

    /** Integer minor units of a currency as people write it: `(999, 'USD')` gives `$9.99`, `(999, 'JPY')` gives `¥999`. */
    formatMoney(minorUnits: number, currency: string): string {
      const decimals = decimalsOf(currency)
      return money(currency, decimals).format(minorUnits / 10 ** decimals)
    },

    /** US dollars, to parts of a cent below one, as costs of a model are: `$0.0042`, `$12.50`. */
    formatDollars: (amount: number): string =>
      (Math.abs(amount) < 1 ? dollars : money('USD', 2)).format(amount),

    /** What one credit of a package costs, to a tenth of the smallest unit: `$0.080`. */
    formatUnitPrice(minorUnits: number, count: number, currency: string): string {
      const decimals = decimalsOf(currency)
      return money(currency, decimals + 1).format(minorUnits / 10 ** decimals / count)
    },

    /** The day of an ISO timestamp: `Nov 21, 2026`. */
    formatDate: (iso: string): string => date.format(new Date(iso)),

    /** The day of an ISO timestamp, without its year where that is the one of `now`: `Nov 21`. */
    formatNearDate(iso: string, now: Date): string {
      const isThisYear = year.format(new Date(iso)) === year.format(now)
      return (isThisYear ? dateOfYear : date).format(new Date(iso))
    },

    /** A day of somebody's calendar, `2026-11-21`, which no zone moves: `Nov 21, 2026`. */
    formatDay: (name: string): string => day.format(new Date(name)),

    /** The same where its year is plain: `Nov 21`. */
    formatMonthDay: (name: string): string => monthDay.format(new Date(name)),

    /** The minute of an ISO timestamp, where day and zone stand above it: `4:05 PM`. */
    formatTime: (iso: string): string => time.format(new Date(iso)),

    /** Day and minute of an ISO timestamp, where the zone stands beside it: `Nov 21, 2026, 4:05 PM`. */
    formatDateTime: (iso: string): string => dateTime.format(new Date(iso)),

    /** Day, minute and zone of an ISO timestamp: `Nov 21, 2026, 4:05 PM GMT+5:30`. */
    formatTimestamp(iso: string): string {
      const at = new Date(iso)
      const name = zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value
      return `${dateTime.format(at)} ${name ?? timeZone}`
    },

    /** A size in bytes as people write it: `812 B`, `48 KB`, `1.25 MB`. */
    formatBytes(size: number): string {
      if (size < 1_000) return `${size} B`
      return size < 1_000_000 ? `${bytes.format(size / 1_000)} KB` : `${bytes.format(size / 1_000_000)} MB`
    },
  }
}

/** The word that goes with a count: `credit` with 1, else `credits`. */
export function unitOf(amount: number, { unit, unitPlural }: CreditUnit): string {
  return Math.abs(amount) === 1 ? unit : unitPlural
}

/** For public pages and mails. A signed-in page asks `useFormat()`, or `readFormat()` on the server. */
export const everybody: Format = createFormat(EVERYBODY)

export const {
  countCredits,
  formatBytes,
  formatCredits,
  formatDate,
  formatDateTime,
  formatDollars,
  formatMoney,
  formatSignedCredits,
  formatTimestamp,
  formatUnitPrice,
} = everybody
