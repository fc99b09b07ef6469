import 'server-only'
import { env } from '@/lib/env'
import { BadRequestError } from '@/lib/http/errors'

/** Addresses that a request may name: whole, or from their `/`. */
export type AskedAddresses = { successUrl?: string; cancelUrl?: string }

export type ReturnAddresses = { returnUrl: string; cancelUrl: string }

/**
 * Where a buyer comes back to from the checkout: pages of this site alone, so that nobody is led elsewhere from it.
 * @throws BadRequestError for an address on another site
 */
export function returnAddresses({ successUrl, cancelUrl }: AskedAddresses): ReturnAddresses {
  return {
    returnUrl: toOwnAddress('successUrl', successUrl ?? '/payment-success'),
    cancelUrl: toOwnAddress('cancelUrl', cancelUrl ?? '/buy-credits?cancelled=1'),
  }
}

function toOwnAddress(name: string, address: string): string {
  const { APP_URL } = env()
  const url = URL.parse(address, APP_URL)
  if (url === null || url.origin !== new URL(APP_URL).origin) {
    const message = `“${name}” must be an address of this site, as /payment-success.`
    throw new BadRequestError(message, { fields: [{ path: name, message }] })
  }
  // Without what is after a #, as the provider adds its query at the end; and never a login of somebody.
  return `${url.origin}${url.pathname}${url.search}`
}
