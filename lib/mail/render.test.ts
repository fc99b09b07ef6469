import { describe, expect, it } from 'vitest'
import { brand } from '@/lib/brand'
import { findCreditType, GENERAL } from '@/lib/credit-type'
import { renderMail } from './render'

const CALLING = {
  id: 'calling',
  name: 'Calling minutes',
  unit: 'calling minute',
  unitPlural: 'calling minutes',
  color: 'blue',
} as const
const ADDRESSES = {
  recipient: 'ada@example.com',
  appUrl: 'https://balance.app',
  types: [findCreditType([], GENERAL), CALLING],
}
const RECEIPT = {
  credits: 1500,
  credit_type: 'general',
  package_name: 'Pro',
  amount: 2999,
  currency: 'USD',
  balance: 1620,
  payment_id: 'pay_123',
}
const REFUND = {
  credit_type: 'general',
  credits_taken: 400,
  debt: 100,
  amount: 999,
  currency: 'EUR',
  balance: 0,
  package_name: 'Starter',
  full: true,
}

const render = (kind: string, data: object) => renderMail({ kind, data }, ADDRESSES)

/** Everything in both forms of a mail. */
function expectInBoth(mail: { html: string; text: string }, ...parts: string[]) {
  for (const part of parts) {
    expect(mail.html).toContain(part)
    expect(mail.text).toContain(part)
  }
}

describe('a mail of the product', () => {
  it('is a receipt with the credits, what was paid and the new balance', () => {
    const mail = render('receipt', RECEIPT)
    expect(mail.subject).toBe('Receipt for Pro: 1,500 credits')
    expectInBoth(
      mail,
      '1,500 credits added',
      '$29.99',
      '1,620',
      'pay_123',
      'https://balance.app/transactions',
    )
    expectInBoth(render('receipt', { ...RECEIPT, subscription: true }), 'renews by itself')
  })

  it('dates a receipt with its zone, and names the tax within the price and who sold', () => {
    const paid = { ...RECEIPT, paid_at: '2026-11-27T15:04:00.5+00:00', tax: 479, provider: 'dodopayments' }
    const sellerOf = (provider: string) => ({ name: `Seller of ${provider}`, address: null })
    const mail = renderMail({ kind: 'receipt', data: paid }, { ...ADDRESSES, sellerOf })
    expectInBoth(
      mail,
      'Nov 27, 2026, 3:04 PM UTC',
      'Including tax',
      '$4.79',
      'Seller of dodopayments',
      'https://balance.app/billing',
    )
    const own = render('receipt', paid)
    expectInBoth(own, brand.seller.name, brand.seller.address)
    expect(render('receipt', RECEIPT).text).not.toContain('tax')
    expect(render('receipt', { ...RECEIPT, amount: 0 }).text).not.toContain('invoice')
  })

  it.each([
    ['Asia/Kolkata', 'Nov 27, 2026, 8:34 PM GMT+5:30'],
    ['America/New_York', 'Nov 27, 2026, 10:04 AM EST'],
    ['Pacific/Auckland', 'Nov 28, 2026, 4:04 AM GMT+13'],
    ['Mars/Olympus', 'Nov 27, 2026, 3:04 PM UTC'],
    [null, 'Nov 27, 2026, 3:04 PM UTC'],
  ])('writes times as in %s, and names the zone', (timeZone, at) => {
    const mail = renderMail(
      { kind: 'receipt', data: { ...RECEIPT, paid_at: '2026-11-27T15:04:00+00:00' } },
      { ...ADDRESSES, timeZone },
    )
    expectInBoth(mail, at)
  })

  it('says what of the credits repaid a debt, as the page of the purchase does', () => {
    const mail = render('receipt', { ...RECEIPT, repaid: 1400, balance: 100 })
    expectInBoth(
      mail,
      '1,400 of them repaid what was taken back earlier. Your new balance is 100 credits.',
      'Repaid',
    )
    expect(mail.text).not.toContain('ready to use')
    expect(render('receipt', RECEIPT).text).not.toContain('epaid')
  })

  it('counts what another wallet holds in its own unit, and leads to that wallet', () => {
    const credit_type = 'calling'
    const receipt = render('receipt', { ...RECEIPT, credits: 1, credit_type })
    expect(receipt.subject).toBe('Receipt for Pro: 1 calling minute')
    expectInBoth(receipt, 'Calling minutes', 'https://balance.app/transactions?wallet=calling')
    expectInBoth(render('refund', { ...REFUND, credit_type }), '400 calling minutes were taken back')
    const low = render('low_balance', { balance: 19, threshold: 20, credit_type })
    expect(low.subject).toBe('19 calling minutes left')
    expectInBoth(low, 'below 20 calling minutes', 'https://balance.app/buy-credits?wallet=calling')
  })

  it('goes by the id of a wallet that was added since', () => {
    expect(render('receipt', { ...RECEIPT, credit_type: 'image' }).subject).toBe(
      'Receipt for Pro: 1,500 image credits',
    )
  })

  it('writes money as its currency does', () => {
    expectInBoth(render('receipt', { ...RECEIPT, amount: 999, currency: 'JPY' }), '¥999')
    expectInBoth(render('receipt', { ...RECEIPT, amount: 1999, currency: 'KWD' }), '1.999')
    expectInBoth(render('refund', REFUND), '€9.99')
  })

  it('says of a refund what went back, what was taken and what is owed', () => {
    const mail = render('refund', REFUND)
    expect(mail.subject).toBe('Refund for Starter: €9.99')
    expectInBoth(mail, 'refunded in full', '400 credits were taken back', 'you owe 100 credits')
    const partial = render('refund', { ...REFUND, full: false, debt: 0 })
    expectInBoth(partial, 'A part of your payment')
    expect(partial.text).not.toContain('you owe')
    const unnamed = render('refund', { ...REFUND, amount: null })
    expect(unnamed.subject).toBe('Refund for Starter')
    expectInBoth(unnamed, 'Your money is on its way back to you')
  })

  it('leads from a failed renewal to the payment method', () => {
    const mail = render('renewal_failed', { package_name: 'Pro' })
    expectInBoth(mail, 'no credits were added', 'https://balance.app/billing')
  })

  it('says of a low balance what is left, where to buy and how to stop it', () => {
    const mail = render('low_balance', { balance: 19, threshold: 20, credit_type: 'general' })
    expect(mail.subject).toBe('19 credits left')
    expectInBoth(
      mail,
      'below 20 credits',
      'https://balance.app/buy-credits',
      'https://balance.app/settings',
      'Sent to ada@example.com',
    )
  })

  it.each([
    [80, 8, 'day', '80% of the daily budget of', 'at midnight UTC', 'more than is left'],
    [100, 10, 'total', 'The total budget of', 'does not start over', 'are refused'],
  ])('says of a budget at %i percent what is left of it', (percent, used, period, ...texts) => {
    const key = { key_name: 'Nightly job', percent, period, budget: 10, used, credit_type: 'general' }
    const mail = render('key_budget', key)
    expect(mail.subject).toContain(`${percent}%`)
    expectInBoth(mail, `${used} of 10 credits`, 'https://balance.app/settings', ...texts)
  })

  it('lets no name smuggle markup into it', () => {
    const hostile = `<img src=x onerror="alert(1)">'&`
    const mail = renderMail(
      { kind: 'receipt', data: { ...RECEIPT, package_name: hostile, payment_id: '</td><script>' } },
      { ...ADDRESSES, recipient: '"<b>"@example.com' },
    )
    expect(mail.html).not.toMatch(/<img|<script|<b>/)
    expect(mail.html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;')
    expect(mail.text).toContain(hostile)
  })

  it('loads nothing from anywhere', () => {
    expect(render('receipt', RECEIPT).html).not.toMatch(/<img|<link|src=|url\(/)
  })

  it.each([
    ['receipt', { ...RECEIPT, amount: 9.99 }],
    ['receipt', { ...RECEIPT, currency: 'dollars' }],
    ['refund', { ...REFUND, balance: undefined }],
    ['newsletter', {}],
  ])('is refused as a %s when its data is not right', (kind, data) => {
    expect(() => render(kind, data)).toThrow()
  })
})
