import { expect, vi } from 'vitest'
import { checkPayment } from '../../lib/payments/checkout/check-payment.ts'
import { createCheckout } from '../../lib/payments/checkout/create-checkout.ts'
import { fetchInvoice } from '../../lib/payments/checkout/fetch-invoice.ts'
import { endSurplusSubscriptions } from '../../lib/payments/subscriptions/end-surplus.ts'
import { manageSubscription } from '../../lib/payments/subscriptions/manage-subscription.ts'
import { openPortal } from '../../lib/payments/subscriptions/open-portal.ts'
import { previewPlanChange } from '../../lib/payments/subscriptions/preview-plan-change.ts'
import { type Buyer, CARDS } from './provider-shop.ts'
import { compare, type ProviderStory, resultOf } from './provider-story.ts'

const change = (buyer: Buyer, packageId: string) =>
  manageSubscription(buyer, { action: 'change_plan', packageId })
const GRANT = 'subscription_grant 500'

/** What happens to plans. */
export const PLANS: ProviderStory[] = [
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
      for (const [action, state] of [
        ['cancel', 'ending'],
        ['resume', 'going_on'],
        ['cancel', 'ending'],
      ] as const) {
        expect(await manageSubscription(buyer, { action })).toBe(state)
        await shop.settle()
        // Events may be stamped with seconds: nobody changes their mind within one.
        await shop.nextSecond()
      }
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
      await vi.waitFor(async () => expect(await resultOf(shop, buyer)).toContain('clawback'))
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
