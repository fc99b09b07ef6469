import { SandboxError } from '../http.ts'
import type { DodoPayments } from '../types.ts'

function isCurrency(code: string): code is DodoPayments.Currency {
  return /^[A-Z]{3}$/.test(code)
}

/** @throws SandboxError 500 when a product carries anything but a three-letter code */
export function toCurrency(code: string): DodoPayments.Currency {
  if (isCurrency(code)) return code
  throw new SandboxError(500, 'UNSUPPORTED_CURRENCY', `${code} is not a currency.`)
}
