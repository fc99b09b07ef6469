import 'server-only'
import { paymentProvider } from '@/lib/payments'

/**
 * Of what is for sale, what can be bought now: no plans where the provider of new checkouts sells none. Somebody who has
 * one changes it at the provider that it runs at.
 */
export function sellable<Offers extends { plans: readonly unknown[] }>(
  offers: Offers,
  planId: string | null,
): Offers {
  return paymentProvider.sellsPlans || planId !== null ? offers : { ...offers, plans: [] }
}
