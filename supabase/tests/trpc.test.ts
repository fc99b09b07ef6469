import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from '@trpc/client'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { POST as overTrpc } from '../../app/api/trpc/[procedure]/route.ts'
import { createApiClient } from '../../lib/api-client/index.ts'
import { contracts } from '../../lib/contracts/index.ts'
import { ApiCallError } from '../../lib/http/api-client.ts'
import { type AppRouter, appRouter } from '../../lib/trpc/router.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import { serveProcedures } from './procedure-routes.ts'
import { signInAs } from './signed-in.ts'

vi.mock('next/server', () => ({ after: vi.fn() }))
vi.mock('../../lib/supabase/server.ts', () => import('./admin-reads.ts'))
vi.mock('../../lib/auth/session.ts', () => import('./signed-in.ts'))

const stack = new AsyncDisposableStack()
let app: Engine
let url: string
let user: { id: string; email: string; sessionId: string }

beforeAll(async () => {
  app = stack.adopt(await openApp(), (opened) => opened.close())
  const fetch = (request: Request) =>
    new URL(request.url).pathname.startsWith('/api/trpc/') ? overTrpc(request) : serveProcedures(request)
  ;({ url } = stack.adopt(await serveHttp({ port: 0, fetch }), (server) => server.close()))
})
afterAll(() => stack.disposeAsync())
beforeEach(async () => {
  const id = await app.createUser({ balance: 50 })
  user = { id, email: `${id}@example.com`, sessionId: await app.signIn(id) }
  signInAs(user)
})

const trpc = () => createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/api/trpc` })] })
const rest = () => createApiClient({ baseUrl: url })

test('every contract is served by tRPC, as what it is', () => {
  const kindOf = (procedure: object) => Reflect.get(Reflect.get(procedure, '_def'), 'type')
  const served = Object.entries(appRouter._def.procedures).map(([path, made]) => `${kindOf(made)} ${path}`)
  const told = Object.entries(contracts).flatMap(([group, procedures]) =>
    Object.entries(procedures).map(([name, { kind }]) => `${kind} ${group}.${name}`),
  )
  expect(served.sort()).toEqual(told.sort())
})

test('both doors answer the same', async () => {
  await app.call('deduct_credits', { p_user_id: user.id, p_amount: 3, p_action: 'scraping' })
  const [one, other] = [trpc(), rest()]
  expect(await one.credits.getBalances.query()).toEqual(await other.credits.getBalances())
  const page = { limit: 1, transactionType: 'usage' } as const
  const history = await one.credits.getTransactionHistory.query(page)
  expect(history).toEqual(await other.credits.getTransactionHistory(page))
  expect(history.transactions).toMatchObject([{ amount: -3, action: 'scraping', transactionType: 'usage' }])
  const check = { creditType: 'general', required: 48 }
  expect(await one.credits.checkBalance.query(check)).toEqual(await other.credits.checkBalance(check))
})

test('both doors refuse the same, with the same code', async () => {
  const refusals = async (byTrpc: Promise<unknown>, byRest: Promise<unknown>) => {
    const [first, second] = await Promise.all([byTrpc, byRest].map((call) => call.catch((error) => error)))
    if (!(first instanceof TRPCClientError && second instanceof ApiCallError)) throw first ?? second
    const { code, httpStatus, path: _, ...details } = first.data
    expect([code, httpStatus, first.message]).toEqual([second.code, second.status, second.message])
    expect(details).toEqual(second.details)
    return code
  }
  const none = { creditType: 'none' }
  const bad = { creditType: 'general', required: -1 }
  const gift = { userId: user.id, amount: 5, reason: 'A gift' } // #only admin
  const [one, other] = [trpc(), rest()]
  expect([
    await refusals(one.credits.getUsageStats.query(none), other.credits.getUsageStats(none)),
    await refusals(one.credits.checkBalance.query(bad), other.credits.checkBalance(bad)),
    await refusals(one.credits.adjustCredits.mutate(gift), other.credits.adjustCredits(gift)), // #only admin
    // #region payments
    await refusals(
      one.marketplace.createCheckout.mutate({ packageId: 'gold' }),
      other.marketplace.createCheckout({ packageId: 'gold' }),
    ),
    // #endregion
  ]).toEqual([
    'wallet_not_found',
    'bad_request',
    'forbidden', // #only admin
    'package_not_found', // #only payments
  ])
  signInAs(null)
  // Who calls is asked first: nobody is told what would be wrong with the input.
  expect(await refusals(one.credits.checkBalance.query(bad), other.credits.checkBalance(bad))).toBe(
    'unauthorized',
  )
})

test('a page asks several at once, and no more than ten', async () => {
  const client = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${url}/api/trpc` })] })
  const ask = (count: number) =>
    Promise.all(Array.from({ length: count }, () => client.credits.getBalances.query()))
  expect(await ask(10)).toHaveLength(10)
  await expect(ask(11)).rejects.toBeInstanceOf(TRPCClientError)
})

// #region payments
test('what is no call is refused, and changes nothing', async () => {
  const send = async (path: string, init: RequestInit) => {
    const response = await fetch(`${url}/api/trpc/${path}`, init)
    const { error } = await response.json()
    return [response.status, error.data?.code ?? error]
  }
  const json = { 'content-type': 'application/json' }
  const post = (body: string, headers: Record<string, string> = json) => ({ method: 'POST', body, headers })
  const checkout = 'marketplace.createCheckout'
  expect(await send('credits.nothing', {})).toEqual([404, 'route_not_found'])
  expect(await send(checkout, {})).toEqual([405, 'method_not_allowed'])
  expect(await send(checkout, post('{"packageId":'))).toEqual([400, 'bad_request'])
  expect(await send(checkout, post('{}', { 'content-type': 'text/plain' }))).toEqual([
    415,
    'unsupported_media_type',
  ])
  expect(await send(checkout, post(`"${'x'.repeat(20_000)}"`))).toEqual([413, 'payload_too_large'])
  expect(await send(checkout, post(`${'['.repeat(5000)}${']'.repeat(5000)}`))).toEqual([400, 'bad_request'])
  const foreign = { ...json, origin: 'https://evil.example' }
  expect(await send(checkout, post('{"packageId":"starter"}', foreign))).toEqual([403, 'forbidden'])
  expect([...(await app.owner`select from payments where user_id = ${user.id}`)]).toEqual([])
})
// #endregion
