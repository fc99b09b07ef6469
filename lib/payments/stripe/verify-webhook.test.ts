import Stripe from 'stripe'
import { beforeEach, expect, test, vi } from 'vitest'
import { BadRequestError, UnauthorizedError } from '@/lib/http/errors'
import { verifyWebhook } from './verify-webhook'

const SECRET = 'whsec_the_secret_of_this_webhook'
const OLD_SECRET = 'whsec_the_one_before_it_was_rotated'
const EVENT = { id: 'evt_1', object: 'event', type: 'checkout.session.completed', data: { object: {} } }
const BODY = JSON.stringify(EVENT)

const environment = vi.hoisted(() => ({ secret: '' }))
vi.mock('@/lib/env', () => ({
  env: () => ({ STRIPE_SECRET_KEY: 'sk_test_abc', STRIPE_WEBHOOK_SECRET: environment.secret }),
}))
beforeEach(() => {
  environment.secret = SECRET
})

const nowSeconds = () => Math.floor(Date.now() / 1000)

function sign(payload = BODY, { secret = SECRET, timestamp = nowSeconds() } = {}): Headers {
  const signature = new Stripe('sk_test_abc').webhooks.generateTestHeaderString({
    payload,
    secret,
    timestamp,
  })
  return new Headers({ 'stripe-signature': signature })
}

test('a signed event gives its id and its body', () => {
  expect(verifyWebhook(BODY, sign())).toEqual({ id: 'evt_1', payload: EVENT })
})

test.each([
  ['no signature', BODY, new Headers()],
  ['an empty signature', BODY, new Headers({ 'stripe-signature': '' })],
  ['a signature that is none', BODY, new Headers({ 'stripe-signature': 't=1,v1=abc' })],
  ['a signature by another secret', BODY, sign(BODY, { secret: 'whsec_a_stranger' })],
  ['a body that was changed', BODY.replace('completed', 'expired'), sign()],
  ['a timestamp six minutes old', BODY, sign(BODY, { timestamp: nowSeconds() - 360 })],
])('%s is refused', (_name, body, headers) => {
  expect(() => verifyWebhook(body, headers)).toThrow(UnauthorizedError)
})

test('a timestamp that was not signed is refused', () => {
  const [, signature] = sign().get('stripe-signature')?.split(',') ?? []
  const headers = new Headers({ 'stripe-signature': `t=${nowSeconds() - 1},${signature}` })
  expect(() => verifyWebhook(BODY, headers)).toThrow(UnauthorizedError)
})

test('while a secret is replaced, both sign', () => {
  environment.secret = `${SECRET}, ${OLD_SECRET}`
  expect(verifyWebhook(BODY, sign()).id).toBe('evt_1')
  expect(verifyWebhook(BODY, sign(BODY, { secret: OLD_SECRET })).id).toBe('evt_1')
})

test('without a secret nothing passes, signed or not', () => {
  environment.secret = ''
  expect(() => verifyWebhook(BODY, sign())).toThrow(UnauthorizedError)
})

test('what is signed but is no event with an id that can be kept is a bad request', () => {
  for (const body of ['{"type":', '[]', '{}', JSON.stringify({ ...EVENT, id: 'e'.repeat(256) })])
    expect(() => verifyWebhook(body, sign(body)), body.slice(0, 20)).toThrow(BadRequestError)
})
