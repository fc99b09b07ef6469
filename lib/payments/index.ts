import { listInWords } from '@/lib/text'
import 'server-only'
import { brand } from '@/lib/brand'
import { chooseProvider, hasKeys } from './choose-provider'
import { dodoPayments } from './dodopayments'
import type { PaymentProvider } from './provider'
import { stripe } from './stripe' // #only stripe

/** Every adapter there is. Another provider is another adapter: see docs/payments.md. */
const ADAPTERS: readonly PaymentProvider[] = [
  dodoPayments,
  stripe, // #only stripe
]

/**
 * The provider that new checkouts go to: `PAYMENT_PROVIDER`, or the only one that has keys. What exists already belongs to
 * the one that made it: `providerOf`.
 */
export const paymentProvider: PaymentProvider = chooseProvider(ADAPTERS, process.env) ?? dodoPayments

/** Every provider that has keys: their webhooks, refunds and renewals go on, whoever gets new checkouts. */
export function listProviders(): PaymentProvider[] {
  return ADAPTERS.filter(({ id }) => hasKeys(id, process.env))
}

/** The names of those with keys, as in “DodoPayments and Stripe”; most projects have one. */
export function providerNames(type: 'conjunction' | 'disjunction' = 'disjunction'): string {
  const names = listProviders().map(({ name }) => name)
  return listInWords(names.length > 0 ? names : [paymentProvider.name], type)
}

/** How people know the provider that a row of ours names, whether it has keys or not. */
export function nameOfProvider(id: string): string {
  return ADAPTERS.find((provider) => provider.id === id)?.name ?? id
}

/** Who sold what a payment through this provider paid for; the address of a merchant of record stands on its invoices. */
export function sellerOf(id: string): { name: string; address: string | null } {
  const provider = ADAPTERS.find((known) => known.id === id)
  return provider?.isMerchantOfRecord ? { name: provider.name, address: null } : brand.seller
}

/** The provider that a row of ours names. @throws when it has no keys here */
export function providerOf(id: string): PaymentProvider {
  const found = listProviders().find((provider) => provider.id === id)
  if (found) return found
  throw new Error(`The payment provider ${id} is not set up on this server: its keys are missing.`)
}
