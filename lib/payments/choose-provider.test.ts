import { expect, test } from 'vitest'
import { chooseProvider, hasKeys } from './choose-provider'

const PROVIDERS = [{ id: 'dodopayments' }, { id: 'stripe' }]
const DODO = { DODO_PAYMENTS_API_KEY: 'key', DODO_PAYMENTS_WEBHOOK_KEY: 'whsec_abc' }
const STRIPE = { STRIPE_SECRET_KEY: 'sk_test_abc', STRIPE_WEBHOOK_SECRET: 'whsec_abc' }
const chosen = (variables: Record<string, string | undefined>) => chooseProvider(PROVIDERS, variables)?.id

test('the only provider with keys gets new checkouts, without being named', () => {
  expect(chosen(DODO)).toBe('dodopayments')
  expect(chosen(STRIPE)).toBe('stripe')
  expect(chosen({ ...DODO, STRIPE_SECRET_KEY: 'sk_test_abc', STRIPE_WEBHOOK_SECRET: ' ' })).toBe(
    'dodopayments',
  )
  expect(chosen({})).toBeUndefined()
})

test('of two with keys it is the one that PAYMENT_PROVIDER names', () => {
  for (const PAYMENT_PROVIDER of ['dodopayments', 'stripe'])
    expect(chosen({ ...DODO, ...STRIPE, PAYMENT_PROVIDER })).toBe(PAYMENT_PROVIDER)
})

test('a provider without all its keys is none', () => {
  expect(hasKeys('stripe', STRIPE)).toBe(true)
  expect(hasKeys('stripe', { STRIPE_SECRET_KEY: 'sk_test_abc' })).toBe(false)
  expect(hasKeys('paypal', { ...DODO, ...STRIPE })).toBe(false)
})
