import 'server-only'
import { isPlan, listOffers, type Offer, type Plan } from './packages'

/** What is sold of one credit type. */
export type PriceListEntry = { creditType: string; packages: Offer[]; plans: Plan[] }

/** What is for sale, by credit type, in the order of the table. Throws when the database does not answer. */
export async function readPriceList(): Promise<PriceListEntry[]> {
  const { packages, plans } = await listOffers()
  const entries = new Map<string, PriceListEntry>()
  for (const offer of [...packages, ...plans]) {
    const { creditType } = offer
    const entry = entries.get(creditType) ?? { creditType, packages: [], plans: [] }
    if (isPlan(offer)) entry.plans.push(offer)
    else entry.packages.push(offer)
    entries.set(creditType, entry)
  }
  return [...entries.values()]
}
