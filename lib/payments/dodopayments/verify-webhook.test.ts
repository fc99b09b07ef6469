import { Webhook } from 'standardwebhooks'
import { beforeEach, expect, test, vi } from 'vitest'
import { BadRequestError, UnauthorizedError } from '@/lib/http/errors'
import { verifyWebhook } from './verify-webhook'

const keyOf = (secret: string) => `whsec_${Buffer.from(secret).toString('base64')}`
const KEY = keyOf('the key of this webhook')
const OLD_KEY = keyOf('the key before it was rotated')
const BODY = JSON.stringify({ type: 'payment.succeeded', data: {} })
const MINUTE = 60_000

const environment = vi.hoisted(() => ({ webhookKey: '' }))
vi.mock('@/lib/env', () => ({
  env: () => ({
    DODO_PAYMENTS_API_KEY: 'key',
    DODO_PAYMENTS_WEBHOOK_KEY: environment.webhookKey,
    DODO_PAYMENTS_ENVIRONMENT: 'test_mode',
  }),
}))
beforeEach(() => {
  environment.webhookKey = KEY
})

function sign(body = BODY, { key = KEY, at = new Date(), id = 'msg_1' } = {}): Headers {
  return new Headers({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign(id, at, body),
  })
}

test('a signed delivery gives its id and its body', () => {
  expect(verifyWebhook(BODY, sign())).toEqual({ id: 'msg_1', payload: JSON.parse(BODY) })
})

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('without %s it is refused', (name) => {
  const headers = sign()
  headers.delete(name)
  expect(() => verifyWebhook(BODY, headers)).toThrow(UnauthorizedError)
})

test.each([
  ['no header at all', BODY, new Headers()],
  ['a signature by another key', BODY, sign(BODY, { key: keyOf('a stranger') })],
  ['a body that was changed', BODY.replace('succeeded', 'failed'), sign()],
  ['a timestamp six minutes old', BODY, sign(BODY, { at: new Date(Date.now() - 6 * MINUTE) })],
  ['a timestamp six minutes ahead', BODY, sign(BODY, { at: new Date(Date.now() + 6 * MINUTE) })],
])('%s is refused', (_name, body, headers) => {
  expect(() => verifyWebhook(body, headers)).toThrow(UnauthorizedError)
})

test('an id or a timestamp that was not signed is refused', () => {
  for (const [name, value] of [
    ['webhook-id', 'msg_2'],
    ['webhook-timestamp', String(Math.floor(Date.now() / 1000) - 1)],
    ['webhook-signature', 'v1,'],
    ['webhook-signature', `v2,${sign().get('webhook-signature')?.slice(3)}`],
  ] as const) {
    const headers = sign()
    headers.set(name, value)
    expect(() => verifyWebhook(BODY, headers)).toThrow(UnauthorizedError)
  }
})

test('an id is taken as long as the database keeps one, and no longer', () => {
  const id = 'm'.repeat(255)
  expect(verifyWebhook(BODY, sign(BODY, { id })).id).toBe(id)
  expect(() => verifyWebhook(BODY, sign(BODY, { id: `${id}m` }))).toThrow(BadRequestError)
})

test('while a key is replaced, both sign', () => {
  environment.webhookKey = `${KEY}, ${OLD_KEY}`
  expect(verifyWebhook(BODY, sign()).id).toBe('msg_1')
  expect(verifyWebhook(BODY, sign(BODY, { key: OLD_KEY })).id).toBe('msg_1')
})

test('without a key nothing passes, signed or not', () => {
  environment.webhookKey = ''
  expect(() => verifyWebhook(BODY, sign())).toThrow(UnauthorizedError)
})

test('what is signed but is no JSON is a bad request', () => {
  for (const body of ['', '{"type":']) expect(() => verifyWebhook(body, sign(body))).toThrow(BadRequestError)
})
