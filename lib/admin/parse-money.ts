import { decimalsOf } from '../currency.ts'

/**
 * An amount of a currency as people type it, `12` or `12.5` or `12.50`, in minor units; null for anything else. Nothing
 * is guessed: a comma may mean two things, and more decimals than the currency has are not rounded.
 */
export function parseMoney(text: string, currency: string): number | null {
  const decimals = decimalsOf(currency)
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.trim())
  const [, whole = '', fraction = ''] = match ?? []
  if (!match || fraction.length > decimals) return null
  const minorUnits = Number(whole + fraction.padEnd(decimals, '0'))
  return minorUnits > 0 && Number.isSafeInteger(minorUnits) ? minorUnits : null
}

/** Minor units as `parseMoney` reads them, without a symbol: `39.99`. */
export function writeMoney(minorUnits: number, currency: string): string {
  const decimals = decimalsOf(currency)
  const digits = String(minorUnits).padStart(decimals + 1, '0')
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
