import { expect, vi } from 'vitest'
import { checkPayment } from '../../lib/payments/checkout/check-payment.ts'
import { createCheckout } from '../../lib/payments/checkout/create-checkout.ts'
import { fetchInvoice } from '../../lib/payments/checkout/fetch-invoice.ts'
import { reconcile } from '../../lib/payments/reconciliation/reconcile.ts'
import { refundPayment } from '../../lib/payments/refunds/refund-payment.ts'
import { endSurplusSubscriptions } from '../../lib/payments/subscriptions/end-surplus.ts'
import { manageSubscription } from '../../lib/payments/subscriptions/manage-subscription.ts'
import { openPortal } from '../../lib/payments/subscriptions/open-portal.ts'
import { previewPlanChange } from '../../lib/payments/subscriptions/preview-plan-change.ts'
import { DAY_MS } from '../../lib/time.ts'
import { type Buyer, CARDS, type ProviderShop } from './provider-shop.ts'

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

const compare = () => reconcile({ since: new Date(Date.now() - DAY_MS), until: new Date() })
const change = (buyer: Buyer, packageId: string) =>
  manageSubscription(buyer, { action: 'change_plan', packageId })
const ourPayment = async (shop: ProviderShop, providerId: string) =>
  String((await shop.owner`select id from payments where provider_payment_id = ${providerId}`)[0]?.id)

const PURCHASES: ProviderStory[] = [
  {
    name: 'a package is bought',
    expected: 'purchase 500',
    act: (shop, buyer) => shop.buy(buyer, 'pro'),
  },
  {
    name: 'every webhook comes twice at once',
    expected: 'purchase 500',
    async act(shop, buyer) {
      await shop.doubleWebhooks()
      await shop.buy(buyer, 'pro')
    },
  },
  {
    name: 'the webhooks come last first',
    expected: 'purchase 500',
    async act(shop, buyer) {
      await shop.loseWebhooks()
      await shop.buy(buyer, 'pro')
    },
  },
  {
    name: 'the webhooks are late, and the success page asks',
    expected: 'purchase 500',
    async act(shop, buyer) {
      await shop.loseWebhooks()
      await shop.buy(buyer, 'pro')
      expect(await checkPayment(buyer.id)).toBe('settled')
      expect(await shop.ledger(buyer.id)).toEqual(['purchase 500'])
    },
  },
  {
    name: 'the webhooks are lost, and reconciliation finds the payment',
    expected: 'purchase 500',
    async act(shop, buyer) {
      await shop.loseWebhooks()
      await shop.buy(buyer, 'pro')
      await compare()
      expect(await shop.ledger(buyer.id)).toEqual(['purchase 500'])
    },
  },
  {
    name: 'a card is declined, and another one pays the same checkout',
    expected: 'purchase 500',
    async act(shop, buyer) {
      const checkoutUrl = await shop.buy(buyer, 'pro', CARDS.declined)
      await shop.settle()
      const [declined] = await shop.owner`
        select status, failure_reason from payments where user_id = ${buyer.id}`
      expect(declined).toEqual({ status: 'failed', failure_reason: 'Your card was declined.' })
      await shop.pay(checkoutUrl, CARDS.good)
    },
  },
  {
    name: 'the bank takes its time',
    expected: 'purchase 500',
    async act(shop, buyer) {
      await shop.buy(buyer, 'pro', CARDS.slow)
      await vi.waitFor(async () => expect(await shop.ledger(buyer.id)).toEqual(['purchase 500']), 8_000)
    },
  },
  {
    name: 'a webhook is forged',
    expected: 'nothing',
    act: async (shop) => expect(await shop.forge()).toBe(401),
  },
  {
    name: 'a part is refunded in the dashboard',
    expected: 'purchase 500, clawback -125',
    act: async (shop, buyer) => shop.refund(await shop.bought(buyer, 'pro'), 1000),
  },
  {
    name: 'a refund in the dashboard is told of by nobody, and reconciliation finds it',
    expected: 'purchase 500, clawback -500',
    async act(shop, buyer) {
      const payment = await shop.bought(buyer, 'pro')
      await shop.loseWebhooks()
      await shop.refund(payment)
      await vi.waitFor(async () => {
        await compare()
        expect(await shop.ledger(buyer.id)).toEqual(['purchase 500', 'clawback -500'])
      }, 8_000)
    },
  },
  {
    name: 'an admin refunds it once, however often the button is pressed',
    expected: 'purchase 500, clawback -500',
    async act(shop, buyer) {
      const paymentId = await ourPayment(shop, await shop.bought(buyer, 'pro'))
      const actorId = await shop.createAdmin()
      const order = { paymentId, actorId, reason: 'Asked for it', idempotencyKey: crypto.randomUUID() }
      await Promise.all([1, 2, 3].map(() => refundPayment(order)))
    },
  },
  {
    name: 'what was spent and is refunded becomes debt, which the next purchase repays',
    expected: 'purchase 500, deduction -450, clawback -50, purchase 500, debt_repayment -450',
    async act(shop, buyer) {
      const payment = await shop.bought(buyer, 'pro')
      await shop.call('deduct_credits', { p_user_id: buyer.id, p_amount: 450 })
      await shop.refund(payment)
      await vi.waitFor(async () => expect(await resultOf(shop, buyer)).toContain('owes 450'), 8_000)
      await shop.buy(buyer, 'pro')
    },
  },
  ...(['won', 'lost'] as const).map((status) => ({
    name: `a dispute is opened and ${status}`,
    expected: `purchase 500, clawback -500${status === 'won' ? ', clawback_reversal 500' : ''}`,
    async act(shop: ProviderShop, buyer: Buyer) {
      await shop.dispute(await shop.bought(buyer, 'pro'))
      await shop.settle()
      expect(await shop.ledger(buyer.id)).toEqual(['purchase 500', 'clawback -500'])
      await shop.decide(await shop.latest('dispute'), status)
    },
  })),
]

const GRANT = 'subscription_grant 500'

const PLANS: ProviderStory[] = [
  {
    name: 'a plan is bought',
    expected: `${GRANT}; member pro`,
    act: (shop, buyer) => shop.buy(buyer, 'pro-monthly'),
  },
  {
    name: 'a plan is bought, each webhook twice and last first',
    expected: `${GRANT}; member pro`,
    async act(shop, buyer) {
      await shop.doubleWebhooks()
      await shop.loseWebhooks()
      await shop.buy(buyer, 'pro-monthly')
    },
  },
  {
    name: 'a plan is bought, and the success page asks',
    expected: `${GRANT}; member pro`,
    async act(shop, buyer) {
      await shop.loseWebhooks()
      await shop.buy(buyer, 'pro-monthly')
      expect(await checkPayment(buyer.id)).toBe('settled')
      expect(await resultOf(shop, buyer)).toBe(`${GRANT}; member pro`)
    },
  },
  {
    name: 'it renews',
    expected: `${GRANT}, ${GRANT}; member pro`,
    act: async (shop, buyer) => shop.renew(await shop.subscribed(buyer)),
  },
  {
    name: 'a plan and its renewal are told of by nobody, and reconciliation finds them',
    expected: `${GRANT}, ${GRANT}; member pro`,
    async act(shop, buyer) {
      await shop.loseWebhooks()
      await shop.buy(buyer, 'pro-monthly')
      await compare()
      await shop.nextSecond()
      await shop.renew(await shop.latest('subscription'))
      await compare()
      expect(await shop.ledger(buyer.id)).toEqual([GRANT, GRANT])
    },
  },
  {
    name: 'a renewal fails, and is paid when it is tried again',
    expected: `${GRANT}, ${GRANT}; member pro`,
    async act(shop, buyer) {
      const id = await shop.subscribed(buyer)
      await shop.renew(id, 'past_due')
      await shop.settle()
      expect(await resultOf(shop, buyer)).toBe(`${GRANT}; member pro`)
      await shop.renew(id, 'succeeded')
    },
  },
  {
    name: 'a renewal fails for good',
    expected: GRANT,
    act: async (shop, buyer) => shop.renew(await shop.subscribed(buyer), 'on_hold'),
  },
  {
    name: 'the charge of a renewal is refunded',
    expected: `${GRANT}, ${GRANT}, clawback -500; member pro`,
    async act(shop, buyer) {
      await shop.renew(await shop.subscribed(buyer))
      await shop.settle()
      await shop.refund(await shop.latest('payment'))
    },
  },
  {
    name: 'a dearer plan is paid at once, as its preview said',
    expected: `${GRANT}, subscription_grant 3000; member enterprise`,
    async act(shop, buyer) {
      await shop.subscribed(buyer)
      const preview = { when: 'now', total: 14900, tax: 0, currency: 'USD' }
      expect(await previewPlanChange(buyer, 'enterprise-monthly')).toEqual(preview)
      expect(await change(buyer, 'enterprise-monthly')).toBe('changed')
    },
  },
  {
    name: 'a dearer plan whose charge is declined',
    expected: `${GRANT}; member pro`,
    async act(shop, buyer) {
      await shop.subscribed(buyer, 'pro-monthly', CARDS.failsLater)
      await expect(change(buyer, 'enterprise-monthly')).rejects.toMatchObject({
        code: 'plan_change_not_paid',
      })
    },
  },
  {
    name: 'a cheaper plan begins with the next period',
    expected: `subscription_grant 3000, ${GRANT}; member pro`,
    async act(shop, buyer) {
      const id = await shop.subscribed(buyer, 'enterprise-monthly')
      expect(await previewPlanChange(buyer, 'pro-monthly')).toMatchObject({ when: 'next_period', total: 0 })
      expect(await change(buyer, 'pro-monthly')).toBe('scheduled')
      await shop.settle()
      const [row] = await shop.owner`
        select package_id, scheduled_package_id from subscriptions where user_id = ${buyer.id}`
      expect(row).toEqual({ package_id: 'enterprise-monthly', scheduled_package_id: 'pro-monthly' })
      await shop.renew(id)
    },
  },
  {
    name: 'a scheduled change is taken back',
    expected: 'subscription_grant 3000, subscription_grant 3000; member enterprise',
    async act(shop, buyer) {
      const id = await shop.subscribed(buyer, 'enterprise-monthly')
      await change(buyer, 'pro-monthly')
      expect(await manageSubscription(buyer, { action: 'resume' })).toBe('going_on')
      await shop.renew(id)
    },
  },
  {
    name: 'a plan is canceled, resumed, canceled again, and runs out',
    expected: GRANT,
    async act(shop, buyer) {
      const id = await shop.subscribed(buyer)
      expect(await manageSubscription(buyer, { action: 'cancel' })).toBe('ending')
      expect(await manageSubscription(buyer, { action: 'resume' })).toBe('going_on')
      expect(await manageSubscription(buyer, { action: 'cancel' })).toBe('ending')
      await shop.settle()
      expect(await resultOf(shop, buyer)).toBe(`${GRANT}; member pro`)
      await shop.renew(id)
    },
  },
  {
    name: 'a plan is ended at once in the dashboard',
    expected: GRANT,
    act: async (shop, buyer) => shop.cancelNow(await shop.subscribed(buyer)),
  },
  {
    name: 'a second plan is ended and refunded',
    expected: `${GRANT}, subscription_grant 3000, clawback -3000; member pro`,
    async act(shop, buyer) {
      const first = await createCheckout({ user: buyer, packageId: 'pro-monthly' })
      const second = await createCheckout({ user: buyer, packageId: 'enterprise-monthly' })
      await shop.pay(first.checkoutUrl, CARDS.good)
      await shop.settle()
      await shop.pay(second.checkoutUrl, CARDS.good)
      await shop.settle()
      expect(await endSurplusSubscriptions()).toMatchObject({ ended: 1, refunded: 1, failed: 0 })
      await vi.waitFor(async () => expect(await resultOf(shop, buyer)).toContain('clawback'), 8_000)
    },
  },
  {
    name: 'the charge of a plan has an invoice, and its owner a way into the portal',
    expected: `${GRANT}; member pro`,
    async act(shop, buyer) {
      await shop.subscribed(buyer)
      const [charge] = await shop.owner`select id from payments where user_id = ${buyer.id}`
      const { pdf } = await fetchInvoice(String(charge?.id))
      expect((await new Response(pdf).text()).slice(0, 5)).toBe('%PDF-')
      expect(await (await fetch(await openPortal(buyer))).text()).toContain('Renews on')
    },
  },
]

export const PROVIDER_STORIES: readonly ProviderStory[] = [...PURCHASES, ...PLANS]
