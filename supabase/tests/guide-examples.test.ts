import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { POST as overTrpc } from '../../app/api/trpc/[procedure]/route.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'
import { listFiles } from '../../scripts/lint/list-files.ts'
import { PROJECT_DIRECTORY } from '../../scripts/paths.ts'
import { createBuyer, delivery, openCheckout, paymentData } from './events.ts'
import { POST as admin } from './guide-examples/admin-route.ts'
import * as service from './guide-examples/credit-service.ts'
import { POST as raced } from './guide-examples/raced-route.ts'
import { POST as tool } from './guide-examples/tool-route.ts'
import * as client from './guide-examples/trpc-client.ts'
import { POST as webhook } from './guide-examples/webhook-route.ts'
import { openProcedures, type ProcedureShop } from './procedure-shop.ts'
import { signInAs } from './signed-in.ts'
import { signDelivery } from './signed-webhook.ts'

vi.mock('next/cache', () => ({ revalidatePath: vi.fn() }))
vi.mock('next/server', () => ({
  after: vi.fn(),
  NextResponse: { json: (body: object, init: ResponseInit) => Response.json(body, init) },
}))
vi.mock('../../lib/supabase/server.ts', () => import('./admin-reads.ts'))
vi.mock('../../lib/auth/session.ts', () => import('./signed-in.ts'))

const ROUTES: Record<string, (request: Request) => Promise<Response>> = {
  '/api/my-tool': tool,
  '/api/raced': raced,
  '/api/admin/my-credits': admin,
  '/api/my-webhook': webhook,
}
const send = fetch
const stack = new AsyncDisposableStack()
let app: ProcedureShop
let user: Awaited<ReturnType<ProcedureShop['join']>>
let url: string

beforeAll(async () => {
  app = stack.adopt(await openProcedures(), (opened) => opened.close())
  const serve = (request: Request) => (ROUTES[new URL(request.url).pathname] ?? overTrpc)(request)
  ;({ url } = stack.adopt(await serveHttp({ port: 0, fetch: serve }), (server) => server.close()))
  vi.spyOn(console, 'log').mockReturnValue(undefined)
  vi.spyOn(console, 'error').mockReturnValue(undefined)
})
afterAll(() => stack.disposeAsync())
beforeEach(async () => {
  user = await app.join({ balance: 3 })
  signInAs(user)
  return () => app.shop.expectSoundLedger()
})

const post = async (path: string, body: object = {}) => {
  const headers = { 'content-type': 'application/json' }
  const response = await send(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: await response.json() }
}

describe('a route that checks, deducts and answers', () => {
  test('charges, and says what is left', async () => {
    expect(await post('/api/my-tool')).toEqual({
      status: 200,
      body: { result: 'done', newBalance: 2, creditsUsed: 1 },
    })
    await post('/api/my-tool')
    await post('/api/my-tool')
    expect(await post('/api/my-tool')).toEqual({ status: 402, body: { message: 'Insufficient credits' } })
    signInAs(null)
    expect(await post('/api/my-tool')).toEqual({ status: 401, body: { error: 'Unauthorized' } })
  })

  test('answers 402 to whom the race leaves nothing, with both numbers, and never 500', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => post('/api/raced')))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    const refused = answers.filter(({ status }) => status !== 200)
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([402]))
    expect(await app.shop.ledger(user.id)).toEqual(['purchase 3', ...Array(3).fill('deduction -1')])
  })
})

test('an admin adds credits by a route of their own, and nobody else does', async () => {
  const gift = { userId: user.id, amount: 50, reason: 'A gift' }
  expect(await post('/api/admin/my-credits', gift)).toEqual({ status: 403, body: { error: 'Forbidden' } })
  signInAs(await app.joinAsAdmin())
  expect(await post('/api/admin/my-credits', gift)).toEqual({ status: 200, body: { newBalance: 53 } })
  // One change is one row, whoever logs it.
  expect(await app.shop.ledger(user.id)).toEqual(['purchase 3', 'purchase 50'])
})

test('a webhook is verified, and what it tells is granted once, however it is repeated', async () => {
  const buyer = await createBuyer(app.shop)
  const paid = delivery('payment.succeeded', paymentData(buyer, await openCheckout(app.shop, buyer)))
  const deliver = async ({ body, headers }: ReturnType<typeof signDelivery>) =>
    (await send(`${url}/api/my-webhook`, { method: 'POST', body, headers })).ok
  const signed = signDelivery(paid, process.env.DODO_PAYMENTS_WEBHOOK_KEY ?? '')
  const forged = { ...signed, body: signed.body.replace('3999', '1') }
  expect(await deliver(forged)).toBe(false)
  expect(await app.shop.ledger(buyer.userId)).toEqual([])
  expect([await deliver(signed), await deliver(signed)]).toEqual([true, true])
  expect(await app.shop.ledger(buyer.userId)).toEqual(['purchase 500'])
})

describe('the service, called by position', () => {
  test('keeps every argument in the ledger of the right wallet', async () => {
    const { balance, history, stats } = await service.addAndSpend(user.id)
    expect(balance).toBe(100)
    expect(history).toMatchObject([
      {
        ...{ credit_type: 'enrichment', type: 'deduction', amount: -10 },
        description: 'Enriched 10 leads from list #123',
        ...{ reference_id: '123', reference_type: 'lead_list' },
        metadata: { leadListId: 123, leadsProcessed: 10 },
      },
      { credit_type: 'enrichment', type: 'purchase', amount: 100, description: 'Test purchase' },
      { credit_type: 'general', type: 'purchase', amount: 3 },
    ])
    expect(stats).toMatchObject({ totalUsed: 10, totalPurchased: 100, balance: 90, transactions: 1 })
    // Called again, the purchase has no reference and happens again; the deduction has one, and does not.
    expect((await service.addAndSpend(user.id)).stats.balance).toBe(190)
  })

  test('says what was wrong in its words, with the figures beside them', async () => {
    await app.shop.call('add_credits', { p_user_id: user.id, p_amount: 50, p_credit_type: 'enrichment' })
    expect(await service.spendTooMuch(user.id)).toMatchObject({
      ...{ message: 'Insufficient credits', required: 1000, available: 50, code: 'insufficient_credits' },
    })
    expect(await service.addNothing(user.id)).toMatchObject({ message: 'Amount must be positive' })
    const { transaction_id: id = 0 } = await app.shop.call('deduct_credits', {
      ...{ p_user_id: user.id, p_amount: 3 },
    })
    expect(await service.refundTwice(id)).toMatchObject({
      message: 'Transaction has already been refunded',
    })
    expect((await app.shop.ledger(user.id)).filter((row) => row.startsWith('refund'))).toEqual(['refund 3'])
  })
})

describe('the typed client, as it is pasted', () => {
  beforeEach(() => {
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => send(new URL(path, url), init))
    vi.stubGlobal('window', { location: { href: '' } })
    vi.stubGlobal('alert', vi.fn())
    return () => vi.unstubAllGlobals()
  })

  test('reads balances, and says what is missing', async () => {
    await app.shop.call('add_credits', { p_user_id: user.id, p_amount: 20, p_credit_type: 'enrichment' })
    expect(await client.checkBalance()).toBe(20)
    expect(alert).toHaveBeenCalledWith('Need 30 more credits')
  })

  test('leads nobody to another site, and sells nothing there is not', async () => {
    await expect(client.purchaseCredits()).rejects.toMatchObject({ code: 'bad_request', status: 400 })
    expect(window.location.href).toBe('')
    expect(await client.buyNothing()).toMatchObject({ code: 'package_not_found', status: 404 })
  })

  // #region admin
  test('makes packages and adjusts credits for admins, by the ids of users here', async () => {
    await expect(client.createPackage()).rejects.toMatchObject({ code: 'forbidden' })
    signInAs(await app.joinAsAdmin())
    await client.createPackage()
    await client.adjustCredits(user.id)
    await expect(client.adjustCredits()).rejects.toMatchObject({ code: 'bad_request' })
    expect(await app.shop.ledger(user.id)).toEqual([
      ...['admin_adjustment 100', 'admin_adjustment -50', 'purchase 3'],
    ])
  })
  // #endregion
})

test('nothing of the product imports the other names', () => {
  const own = listFiles(PROJECT_DIRECTORY).filter((file) =>
    /^(app|components|lib|tools)\/.*\.tsx?$/.test(file),
  )
  const importing = own.filter(
    (file) =>
      !file.startsWith('lib/guide-names/') &&
      /guide-names|@\/server\//.test(readFileSync(join(PROJECT_DIRECTORY, file), 'utf8')),
  )
  expect(importing).toEqual([])
})
