import { describe, expect, test } from 'vitest'
import { ConfigurationError } from '../errors.ts'
import { readConfig } from './read-config.ts'

const tiers = { free: 0, pro: 1 }

function fieldOf(config: unknown): string {
  try {
    readConfig(JSON.parse(JSON.stringify(config)))
  } catch (error) {
    if (error instanceof ConfigurationError) return error.field
    throw error
  }
  return 'accepted'
}

describe('the configuration', () => {
  test.each([
    ['costs', {}],
    ['costs.a', { costs: { a: 5 } }],
    ['costs.a.default', { costs: { a: {} } }],
    ['costs.a.default', { costs: { a: { default: 1.5 } } }],
    ['costs.a.default', { costs: { a: { default: -1 } } }],
    ['costs.a.default', { costs: { a: { default: Number.NaN } } }],
    ['costs.a.default', { costs: { a: { default: '{n' } } }],
    ['costs.a.gold', { costs: { a: { default: 1, gold: 1 } }, membership: { tiers } }],
    ['costs.a.default', { costs: { a: { pro: 1 } }, membership: { tiers } }],
    ['membership.tiers', { costs: {}, membership: {} }],
    ['membership.tiers', { costs: {}, membership: { tiers: {} } }],
    ['membership.tiers.pro', { costs: {}, membership: { tiers: { pro: 'high' } } }],
    ['membership.tiers.plus', { costs: {}, membership: { tiers: { pro: 1, plus: 1 } } }],
    ['membership.tiers.default', { costs: {}, membership: { tiers: { default: 1 } } }],
    ['membership.requirements.b', { costs: {}, membership: { tiers, requirements: { b: 'pro' } } }],
    [
      'membership.requirements.a',
      { costs: { a: { default: 1 } }, membership: { tiers, requirements: { a: 'gold' } } },
    ],
    ['membership.creditsCaps.gold', { costs: {}, membership: { tiers, creditsCaps: { gold: 1 } } }],
    ['membership.creditsCaps.pro', { costs: {}, membership: { tiers, creditsCaps: { pro: -1 } } }],
    ['membership.caps', { costs: {}, membership: { tiers, caps: {} } }],
    ['retry.maxAttempts', { costs: {}, retry: { maxAttempts: 0 } }],
    ['retry.attempts', { costs: {}, retry: { attempts: 3 } }],
    ['retry.backoffMultiplier', { costs: {}, retry: { backoffMultiplier: 0.5 } }],
    ['idempotency.ttl', { costs: {}, idempotency: { ttl: 0 } }],
    ['audit.enabled', { costs: {}, audit: { enabled: 'yes' } }],
    ['config.cost', { costs: {}, cost: {} }],
  ])('is refused with the field %s', (field, config) => {
    expect(fieldOf(config)).toBe(field)
  })

  test('needs no default price where every tier has one', () => {
    expect(fieldOf({ costs: { a: { free: 2, pro: 1 } }, membership: { tiers } })).toBe('accepted')
  })

  test('keeps keys for a day, audits and retries by default', () => {
    const { retry, idempotency, audit } = readConfig({ costs: {} })
    expect(idempotency).toEqual({ enabled: true, ttl: 86_400 })
    expect([retry.enabled, audit.enabled]).toEqual([true, true])
  })
})
