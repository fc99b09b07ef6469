import { reconcile } from '../../lib/payments/reconciliation/reconcile.ts'
import { DAY_MS } from '../../lib/time.ts'
import type { Buyer, ProviderShop } from './provider-shop.ts'

/** What happens to a buyer, told at every provider with the same end. */
export type ProviderStory = {
  name: string
  /** The ledger, what is owed, and the membership, once all webhooks have come. */
  expected: string
  act(shop: ProviderShop, buyer: Buyer): Promise<unknown>
}

/** What an accountant sees of a buyer. */
export async function resultOf(shop: ProviderShop, buyer: Buyer): Promise<string> {
  const ledger = await shop.ledger(buyer.id)
  const [row] = await shop.owner`
    select coalesce(c.debt, 0)::int as debt, p.membership_tier as tier
    from profiles p left join credits c on c.user_id = p.id and c.credit_type = 'general'
    where p.id = ${buyer.id}`
  const debt = row?.debt > 0 ? [`owes ${row?.debt}`] : []
  const tier = row?.tier ? [`member ${row.tier}`] : []
  return [ledger.join(', ') || 'nothing', ...debt, ...tier].join('; ')
}

/** What the hourly job does, up to now. */
export const compare = () => reconcile({ since: new Date(Date.now() - DAY_MS), until: new Date() })
