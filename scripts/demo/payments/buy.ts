import type { Person } from '../people.ts'
import type { Story } from '../story.ts'
import { type OpenShop, productOf } from './shop.ts'

const PROVIDER = 'dodopayments'
/** The cards of the sandbox. */
export const CARDS = {
  good: '4242424242424242',
  declined: '4000000000000002',
  failsOnRenewal: '4000000000000341',
} as const

/** Opens a checkout as the app does, without paying it, and gives its address. */
export async function openCheckout(
  { engine }: Story,
  { dodo }: OpenShop,
  { id, email, name }: Person,
  packageId: string,
): Promise<string> {
  const p_caller = { internal: 'demo' }
  const buyer = { p_user_id: id, p_provider: PROVIDER }
  const checkout = { ...buyer, p_package_id: packageId }
  await engine.call('begin_checkout', { ...checkout, p_caller })
  const known = await engine.call('find_customer', { ...buyer, p_caller })
  const customer = known.customer_id ?? (await dodo.customers.create({ email, name })).customer_id
  await engine.call('link_customer', { ...buyer, p_customer_id: String(customer), p_email: email })
  const session = await dodo.checkoutSessions.create({
    product_cart: [{ product_id: productOf(packageId), quantity: 1 }],
    customer: { customer_id: String(customer) },
  })
  const url = session.checkout_url ?? ''
  await engine.call('record_checkout', { ...checkout, p_checkout_session_id: session.session_id, p_url: url })
  return url
}

/** Buys a package, or begins a plan. */
export async function buy(story: Story, person: Person, packageId: string, card = CARDS.good as string) {
  await story.shop.visit(async (shop) => {
    await shop.pay(await openCheckout(story, shop, person, packageId), card)
  })
}

/** Leaves a checkout open. */
export async function leaveCheckout(story: Story, person: Person, packageId: string): Promise<void> {
  await story.shop.visit((shop) => openCheckout(story, shop, person, packageId))
}

/** Pays at the provider for something that no checkout of the app was opened for. */
export async function payPastTheApp({ shop }: Story, { email, name }: Person, packageId: string) {
  await shop.visit(async ({ dodo, pay }) => {
    const { checkout_url } = await dodo.checkoutSessions.create({
      product_cart: [{ product_id: productOf(packageId), quantity: 1 }],
      customer: { email, name },
    })
    await pay(checkout_url ?? '', CARDS.good)
  })
}
