import 'server-only'
import { isPlan, listOffers } from '@/lib/catalog/packages'

/** What is for sale, packages first, each in the order of the table. Throws when the database does not answer. */
export async function listForSale() {
  const { packages, plans } = await listOffers()
  return [...packages, ...plans].map((offer) => ({
    id: offer.id,
    name: offer.name,
    description: offer.description,
    creditAmount: offer.credits,
    creditType: offer.creditType,
    price: offer.price,
    currency: offer.currency,
    interval: isPlan(offer) ? offer.interval : null,
    popular: offer.popular,
    isActive: true,
  }))
}
