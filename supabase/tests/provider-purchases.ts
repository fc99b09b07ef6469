import { expect, vi } from 'vitest'
import { checkPayment } from '../../lib/payments/checkout/check-payment.ts'
import { refundPayment } from '../../lib/payments/refunds/refund-payment.ts'
import { type Buyer, CARDS, type ProviderShop } from './provider-shop.ts'
import { compare, type ProviderStory, resultOf } from './provider-story.ts'

const ourPayment = async (shop: ProviderShop, providerId: string) =>
  String((await shop.owner`select id from payments where provider_payment_id = ${providerId}`)[0]?.id)

/** What happens to packages that are bought once. */
export const PURCHASES: ProviderStory[] = [
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
      expect(await resultOf(shop, buyer)).toBe('nothing')
      await shop.pay(checkoutUrl, CARDS.good)
    },
  },
  {
    name: 'the bank takes its time',
    expected: 'purchase 500',
    async act(shop, buyer) {
      await shop.buy(buyer, 'pro', CARDS.slow)
      await vi.waitFor(async () => expect(await shop.ledger(buyer.id)).toEqual(['purchase 500']))
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
      })
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
      await vi.waitFor(async () => expect(await resultOf(shop, buyer)).toContain('owes 450'))
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
