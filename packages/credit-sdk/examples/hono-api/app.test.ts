import { beforeEach, expect, test } from 'vitest'
import { createApp } from './app.ts'
import { openServices } from './services.ts'

let services: ReturnType<typeof openServices>
let app: ReturnType<typeof createApp>

beforeEach(async () => {
  services = openServices()
  app = createApp(services)
  await services.db.insertInto('users').values({ id: 'ada', credits: 10 }).execute()
  await services.db.insertInto('sessions').values({ token: 'ada-token', user_id: 'ada' }).execute()
})

const authorization = 'Bearer ada-token'
const summarize = (body: string, headers: Record<string, string> = {}) =>
  app.request('/summaries', { method: 'POST', body, headers: { authorization, ...headers } })

test('a summary costs what its text is long, and a repeated request pays once', async () => {
  const text = `Credits are money. ${'Treat them so. '.repeat(40)}`
  const answers = await Promise.all([1, 2, 3].map(() => summarize(text, { 'idempotency-key': 'r1' })))
  for (const answer of answers) {
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ summary: 'Credits are money.', cost: 3, credits: 7 })
  }
  const balance = await app.request('/balance', { headers: { authorization } })
  expect(await balance.json()).toEqual({ credits: 7 })
})

test('work that fails is given back, and its key buys nothing more', async () => {
  const answer = await summarize(' ', { 'idempotency-key': 'r1' })
  expect(answer.status).toBe(500)
  expect(await services.engine.queryBalance('ada')).toBe(10)
  expect((await summarize(' ', { 'idempotency-key': 'r1' })).status).toBe(409)
  expect(await services.engine.queryBalance('ada')).toBe(10)
})

test('refusals have their status and say what is missing', async () => {
  const long = await summarize('x'.repeat(8000))
  expect(long.status).toBe(402)
  expect(await long.json()).toMatchObject({ error: 'INSUFFICIENT_CREDITS', missing: 11 })
  await summarize('One.', { 'idempotency-key': 'r1' })
  expect(
    (await summarize(`Another one.${' And more.'.repeat(100)}`, { 'idempotency-key': 'r1' })).status,
  ).toBe(409)
  expect((await app.request('/balance')).status).toBe(401)
})
