import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Buyer, openProviderShop, type ProviderFace, type ProviderShop } from './provider-shop.ts'
import { PROVIDER_STORIES } from './provider-stories.ts'
import { resultOf } from './provider-story.ts'

/** Tells every story at one provider, against its sandbox; `prepare` makes its packages ready for sale. */
export function tellProviderStories(
  face: ProviderFace,
  prepare: (shop: ProviderShop) => Promise<void>,
): void {
  let shop: ProviderShop
  let buyer: Buyer
  beforeAll(async () => {
    shop = await openProviderShop(face)
    await prepare(shop)
  })
  afterAll(() => shop.close())
  beforeEach(async () => {
    buyer = await shop.createBuyer()
  })
  afterEach(async () => {
    await shop.findWebhooks()
    await shop.expectSoundLedger()
  })

  test.each(PROVIDER_STORIES)('$name', async ({ act, expected }) => {
    await act(shop, buyer)
    await shop.findWebhooks()
    // What a bank or a refund still decides is told of in a moment.
    await expect.poll(() => resultOf(shop, buyer)).toBe(expected)
  })
}
