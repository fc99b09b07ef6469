import { expect, type Page } from '@playwright/test'
import { CheckoutPage } from '../pages/checkout-page.ts'
import type { Database } from './database.ts'

const GOOD_CARD = '4242 4242 4242 4242'

/** A payment by our own id and by the provider's. */
export type Bought = { id: string; paymentId: string }

/** Buys a package as its buyer would, in a tab of its own, and waits until its credits are there. */
export async function buyPackage(buyer: Page, sql: Database, packageName = 'Pro'): Promise<Bought> {
  const checkout = new CheckoutPage(await buyer.context().newPage())
  await checkout.open(packageName)
  await checkout.pay(GOOD_CARD)
  await expect(checkout.page.getByRole('heading', { name: /credits added$/ })).toBeVisible()
  const paymentId = new URL(checkout.page.url()).searchParams.get('payment_id') ?? ''
  await checkout.page.close()
  const [row] = await sql<{ id: string }[]>`select id from payments where provider_payment_id = ${paymentId}`
  return { id: row?.id ?? '', paymentId }
}
