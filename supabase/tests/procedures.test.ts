import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { PROJECT_DIRECTORY } from '../../scripts/paths.ts'
import { openProcedures, type ProcedureShop, refusal } from './procedure-shop.ts'
import { signInAs } from './signed-in.ts'

vi.mock('next/server', () => ({ after: vi.fn() }))
vi.mock('../../lib/supabase/server.ts', () => import('./admin-reads.ts'))
vi.mock('../../lib/auth/session.ts', () => import('./signed-in.ts'))

const CARD = new URLSearchParams({ number: '4242424242424242', expiry: '06/32', cvc: '123' })
let app: ProcedureShop
let shop: ProcedureShop['shop']
let client: ProcedureShop['client']
let user: Awaited<ReturnType<ProcedureShop['join']>>

beforeAll(async () => {
  app = await openProcedures()
  ;({ shop, client } = app)
})
afterAll(() => app.close())
beforeEach(async () => {
  user = await app.join({ balance: 100 })
  signInAs(user)
  return () => shop.expectSoundLedger()
})

describe('a wallet', () => {
  test('of every credit type is there, opened or not, and each can be asked for alone', async () => {
    await shop.call('add_credits', { p_user_id: user.id, p_amount: 7, p_credit_type: 'enrichment' })
    const balances = await client.credits.getBalances()
    expect(balances).toMatchObject({ general: { balance: 100 }, enrichment: { balance: 7 } })
    expect(await client.credits.getBalance({ creditType: 'enrichment' })).toMatchObject({
      ...{ creditType: 'enrichment', balance: 7, totalPurchased: 7, totalUsed: 0 },
    })
    signInAs(await app.join())
    expect(await client.credits.getBalances()).toMatchObject({ enrichment: { balance: 0 } })
  })

  test('says whether it can pay, and what is missing', async () => {
    const ask = (required: number) => client.credits.checkBalance({ creditType: 'general', required })
    expect(await ask(100)).toEqual({ hasSufficient: true, balance: 100, shortfall: 0 })
    expect(await ask(130)).toEqual({ hasSufficient: false, balance: 100, shortfall: 30 })
    for (const required of [0, -5, 1.5, 2 ** 60]) {
      await expect(ask(required)).rejects.toEqual(refusal('bad_request', 400))
    }
  })

  test('is nobody else’s to read', async () => {
    signInAs(null)
    for (const call of [client.credits.getBalances, client.credits.getTransactionHistory]) {
      await expect(call()).rejects.toEqual(refusal('unauthorized', 401))
    }
  })
})

describe('the history', () => {
  beforeEach(async () => {
    const { transaction_id } = await shop.call('deduct_credits', { p_user_id: user.id, p_amount: 10 })
    for (let run = 0; run < 4; run++) await shop.call('deduct_credits', { p_user_id: user.id, p_amount: 1 })
    await shop.call('refund_transaction', { p_transaction_id: transaction_id ?? 0 })
  })

  test('comes by offset as by cursor', async () => {
    const page = async (offset: number) => {
      const { transactions } = await client.credits.getTransactionHistory({ limit: 2, offset })
      return transactions.map(({ seq }) => seq)
    }
    expect([await page(0), await page(2), await page(4), await page(6), await page(8)]).toEqual([
      [7, 6],
      [5, 4],
      [3, 2],
      [1],
      [],
    ])
    const { nextCursor } = await client.credits.getTransactionHistory({ limit: 2 })
    expect(nextCursor).toBe(6)
    await expect(page(10_001)).rejects.toEqual(refusal('bad_request', 400))
  })

  test.each([
    ['purchase', ['purchase']],
    ['usage', ['deduction', 'deduction', 'deduction', 'deduction', 'deduction']],
    ['refund', ['refund']],
    ['adjustment', []],
  ] as const)('is filtered by %s', async (transactionType, types) => {
    const { transactions } = await client.credits.getTransactionHistory({ transactionType })
    expect(transactions.map(({ type }) => type)).toEqual(types)
    for (const row of transactions) expect(row).toMatchObject({ transactionType, userId: user.id })
    const later = await client.credits.getTransactionHistory({ transactionType, offset: 1 })
    expect(later.transactions).toEqual(transactions.slice(1))
  })

  test('is summed up for a period', async () => {
    const startDate = new Date(Date.now() - 86_400_000)
    const stats = await client.credits.getUsageStats({ startDate, endDate: new Date(Date.now() + 1000) })
    expect(stats).toMatchObject({ totalUsed: 4, totalPurchased: 100, balance: 96, transactions: 5, count: 5 })
    expect(stats.averageDaily).toBe(stats.averagePerDay)
    const before = await client.credits.getUsageStats({ endDate: startDate })
    expect(before).toMatchObject({ totalUsed: 0, transactions: 0, balance: 96 })
  })
})

// #region admin
describe('an adjustment', () => {
  const gift = (userId: string | number) => ({
    ...{ userId, amount: 30, creditType: 'enrichment', description: 'Bonus credits for feedback' },
    metadata: { reason: 'user_feedback' },
  })

  test('ends in the ledger with all that was said', async () => {
    const admin = await app.joinAsAdmin()
    signInAs(admin)
    const adjusted = await client.credits.adjustCredits(gift(user.id))
    expect(adjusted).toMatchObject({ newBalance: 30, creditType: 'enrichment' })
    await client.credits.adjustCredits({ ...gift(user.id), amount: -10, reason: undefined })
    const rows = await shop.owner`
      select amount::int, description, metadata, actor_id from credit_transactions
      where user_id = ${user.id} and credit_type = 'enrichment' order by seq`
    const told = { description: 'Bonus credits for feedback', metadata: { reason: 'user_feedback' } }
    expect([...rows]).toEqual([
      { ...told, amount: 30, actor_id: admin.id },
      { ...told, amount: -10, actor_id: admin.id },
    ])
  })

  test('is refused to everybody else, without a reason, and for nobody', async () => {
    await expect(client.credits.adjustCredits(gift(user.id))).rejects.toEqual(refusal('forbidden', 403))
    signInAs(await app.joinAsAdmin())
    const bare = { userId: user.id, amount: 5 }
    await expect(client.credits.adjustCredits(bare)).rejects.toEqual(refusal('bad_request', 400))
    await expect(client.credits.adjustCredits(gift(123))).rejects.toEqual(refusal('bad_request', 400))
    expect(await shop.ledger(user.id)).toEqual(['purchase 100'])
  })
})
// #endregion

describe('what is for sale', () => {
  test('is listed by its type and once more as a catalog, for anybody', async () => {
    signInAs(null)
    const { packages, products } = await client.marketplace.getProducts()
    expect(packages.general?.map(({ id }) => id)).toContain('starter')
    expect(products).toContainEqual(
      expect.objectContaining({ id: 'starter', price: 999, currency: 'USD', credits: 100 }),
    )
    const [first] = await client.credits.getPackages({ creditType: 'general' })
    expect(first).toMatchObject({ creditAmount: expect.any(Number), isActive: true })
    expect(await client.credits.getPackages({ creditType: 'none' })).toEqual([])
  })
})

describe('a checkout', () => {
  const pay = (url: string) => fetch(url, { method: 'POST', body: CARD, redirect: 'manual' })

  test('is opened by its id alone: what a button says it costs and grants is not read', async () => {
    const asked = { planId: 'starter', credits: 1_000_000, price: 0.01 }
    const { checkoutUrl, sessionId, success } = await client.marketplace.createCheckout(asked)
    expect(success).toBe(true)
    expect(await client.marketplace.verifyCheckout({ sessionId })).toEqual({
      success: false,
      status: 'pending',
      metadata: { userId: user.id, packageId: 'starter', creditType: 'general', creditAmount: 100 },
    })
    await pay(checkoutUrl)
    await shop.settle()
    expect(await client.marketplace.verifyCheckout({ sessionId })).toMatchObject({
      ...{ success: true, status: 'succeeded', metadata: { creditAmount: 100 } },
    })
    const [row] = await shop.owner`select amount::int, credits::int from payments where user_id = ${user.id}`
    expect(row).toEqual({ amount: 999, credits: 100 })
    expect(await shop.ledger(user.id)).toEqual(['purchase 100', 'purchase 100'])
  })

  test('leads back to pages of this site alone', async () => {
    for (const successUrl of [
      'https://myapp.com/success',
      '//evil.example/x',
      'https://app.example.evil.test/',
      'javascript:alert(1)',
      'data:text/html,x',
    ]) {
      const call = client.marketplace.createCheckout({ packageId: 'starter', successUrl })
      await expect(call, successUrl).rejects.toEqual(refusal('bad_request', 400))
    }
    const site = process.env.APP_URL
    const own = { successUrl: `${site}/dashboard?from=shop#top`, cancelUrl: '/pricing' }
    const { checkoutUrl } = await client.marketplace.createCheckout({ packageId: 'starter', ...own })
    const paid = await pay(checkoutUrl)
    expect(paid.headers.get('location')).toMatch(new RegExp(`^${site}/dashboard\\?from=shop&`))
  })

  test('of a package there is not is a 404, also by a number', async () => {
    for (const packageId of ['gold', 999]) {
      const call = client.credits.purchaseCredits({ packageId })
      await expect(call).rejects.toEqual(refusal('package_not_found', 404))
    }
  })

  test('whose webhook was lost is fulfilled once, for its buyer and by an admin, for nobody else', async () => {
    const { checkoutUrl, sessionId } = await client.marketplace.createCheckout({ packageId: 'pro' })
    await shop.loseWebhooks()
    const fulfill = () => client.stripeWebhook.fulfillCheckoutSession({ sessionId })
    expect(await fulfill()).toMatchObject({ success: false, status: 'pending' })
    await pay(checkoutUrl)
    signInAs(await app.join())
    await expect(fulfill()).rejects.toEqual(refusal('checkout_not_found', 404))
    const verify = client.marketplace.verifyCheckout({ sessionId })
    await expect(verify).rejects.toEqual(refusal('checkout_not_found', 404))
    signInAs(await app.joinAsAdmin())
    await vi.waitFor(async () => expect(await fulfill()).toMatchObject({ success: true }))
    signInAs(user)
    expect(await fulfill()).toMatchObject({ success: true, metadata: { userId: user.id } })
    await shop.findWebhooks()
    expect(await shop.ledger(user.id)).toEqual(['purchase 100', 'purchase 500'])
  })
})

test('the example outside of the app says what is for sale and what its caller has', async () => {
  const run = async () => {
    const env = { ...process.env, APP_URL: app.url }
    const options = { cwd: PROJECT_DIRECTORY, env }
    return (await promisify(execFile)('node', ['docs/examples/credits.ts'], options)).stdout
  }
  expect(await run()).toContain('Starter: 100 general for 999 (minor units of USD)\n')
  expect(await run()).toContain('You have 100 general.\n')
  signInAs(null)
  expect(await run()).toContain('unauthorized: Sign in to continue.')
})
