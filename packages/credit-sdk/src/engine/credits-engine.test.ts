import { describe, expect, test } from 'vitest'
import { MockAdapter } from '../adapters/memory/mock-adapter.ts'
import type { CreditsConfig } from '../config/types.ts'
import { ConfigurationError, InsufficientCreditsError, MembershipRequiredError } from '../errors.ts'
import { CreditsEngine } from './credits-engine.ts'

const config: CreditsConfig = {
  costs: {
    write: { default: 10, pro: 5 },
    draw: { default: 20, pro: '{pixels} / 100' },
    import: { default: '{rows} * 0.5' },
    secret: { default: 1 },
    tiered: { free: 3, pro: 1 },
  },
  membership: {
    tiers: { free: 0, pro: 1 },
    requirements: { secret: 'pro', write: null },
    creditsCaps: { free: 50, pro: 500 },
  },
}

function setUp(user: { credits?: number; membershipTier?: string; membershipExpiresAt?: Date } = {}) {
  const storage = new MockAdapter([{ id: 'u', credits: 100, ...user }])
  return { storage, engine: new CreditsEngine({ storage, config }) }
}

const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000)

describe('charge', () => {
  test('takes the price of the action and tells both balances', async () => {
    const { engine } = setUp()
    const result = await engine.charge({ userId: 'u', action: 'write' })
    const transactionId = expect.any(String)
    expect(result).toEqual({ success: true, transactionId, cost: 10, balanceBefore: 100, balanceAfter: 90 })
    const [row] = await engine.getHistory('u')
    expect(row).toMatchObject({ id: result.transactionId, amount: -10, balanceBefore: 100, balanceAfter: 90 })
  })

  test('takes the price of the tier, and the default price once that has expired', async () => {
    const now = setUp({ membershipTier: 'pro' })
    expect((await now.engine.charge({ userId: 'u', action: 'write' })).cost).toBe(5)
    const past = setUp({ membershipTier: 'pro', membershipExpiresAt: yesterday })
    expect((await past.engine.charge({ userId: 'u', action: 'write' })).cost).toBe(10)
  })

  test('rounds a formula up and keeps the raw price with the row', async () => {
    const { engine } = setUp()
    await engine.charge({
      userId: 'u',
      action: 'import',
      variables: { rows: 5 },
      metadata: { file: 'a.csv' },
    })
    const [row] = await engine.getHistory('u')
    expect(row).toMatchObject({
      amount: -3,
      metadata: { file: 'a.csv', rawCost: 2.5, variables: { rows: 5 } },
    })
  })

  test('falls back to a numeric default when a formula gets no variables at all', async () => {
    const { engine } = setUp({ membershipTier: 'pro' })
    expect((await engine.charge({ userId: 'u', action: 'draw' })).cost).toBe(20)
    const misspelled = engine.charge({ userId: 'u', action: 'draw', variables: { pixel: 900 } })
    await expect(misspelled).rejects.toMatchObject({ code: 'MISSING_VARIABLE', missingVariable: 'pixels' })
    await expect(engine.charge({ userId: 'u', action: 'import' })).rejects.toMatchObject({
      missingVariable: 'rows',
    })
  })

  test('fails only for the tier whose formula fails', async () => {
    const variables = { pixels: -100 }
    expect((await setUp().engine.charge({ userId: 'u', action: 'draw', variables })).cost).toBe(20)
    const { engine } = setUp({ membershipTier: 'pro' })
    await expect(engine.charge({ userId: 'u', action: 'draw', variables })).rejects.toMatchObject({
      code: 'FORMULA_EVALUATION',
    })
  })

  test('takes an amount of the caller instead, but asks for the tier all the same', async () => {
    const { engine } = setUp()
    expect((await engine.charge({ userId: 'u', action: 'write', amount: 33 })).cost).toBe(33)
    const secret = engine.charge({ userId: 'u', action: 'secret', amount: 1 })
    await expect(secret).rejects.toThrow(MembershipRequiredError)
  })

  test('refuses what the balance does not cover, and says what is missing', async () => {
    const { engine } = setUp({ credits: 9 })
    const error = await engine.charge({ userId: 'u', action: 'write' }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(InsufficientCreditsError)
    expect(error).toMatchObject({ code: 'INSUFFICIENT_CREDITS', userId: 'u', required: 10, available: 9 })
    expect(await engine.getHistory('u')).toEqual([])
  })

  test('asks somebody without a tier for the lowest one, where every price is for a tier', async () => {
    const { engine } = setUp()
    await expect(engine.charge({ userId: 'u', action: 'tiered' })).rejects.toMatchObject({
      code: 'MEMBERSHIP_REQUIRED',
      required: 'free',
      current: null,
    })
  })

  test.each([0, -1, 1.5, Number.NaN, 2 ** 53])('refuses the amount %s', async (amount) => {
    const { engine } = setUp()
    await expect(engine.charge({ userId: 'u', action: 'write', amount })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      argument: 'amount',
    })
  })

  test('knows no action that is not configured, such as those every object has', async () => {
    const { engine } = setUp()
    for (const action of ['nothing', 'constructor', '__proto__'])
      await expect(engine.charge({ userId: 'u', action })).rejects.toMatchObject({ code: 'UNDEFINED_ACTION' })
  })
})

describe('refund', () => {
  test('of a charge never exceeds it, and finds only charges of that user', async () => {
    const { engine, storage } = setUp()
    storage.addUser({ id: 'other', credits: 0 })
    const { transactionId } = await engine.charge({ userId: 'u', action: 'write' })
    await engine.refund({ userId: 'u', amount: 6, action: 'sorry', transactionId })
    const tooMuch = engine.refund({ userId: 'u', amount: 5, action: 'sorry', transactionId })
    await expect(tooMuch).rejects.toMatchObject({ code: 'REFUND_LIMIT', refundable: 4 })
    const foreign = engine.refund({ userId: 'other', amount: 1, action: 'sorry', transactionId })
    await expect(foreign).rejects.toMatchObject({ code: 'TRANSACTION_NOT_FOUND' })
    const { transactionId: grantId } = await engine.grant({ userId: 'u', amount: 5, action: 'gift' })
    const ofGrant = engine.refund({ userId: 'u', amount: 1, action: 'sorry', transactionId: grantId })
    await expect(ofGrant).rejects.toMatchObject({ code: 'TRANSACTION_NOT_FOUND' })
  })
})

describe('tiers', () => {
  test('an upgrade never takes credits away, and a downgrade never adds any', async () => {
    const { engine } = setUp({ credits: 900, membershipTier: 'free' })
    expect(await engine.upgradeTier({ userId: 'u', targetTier: 'pro' })).toMatchObject({
      oldTier: 'free',
      newTier: 'pro',
      creditsDelta: 0,
    })
    expect(await engine.downgradeTier({ userId: 'u', targetTier: 'free' })).toMatchObject({ newCredits: 50 })
  })

  test('an upgrade of an expired membership does not inherit its end', async () => {
    const { engine } = setUp({ membershipTier: 'pro', membershipExpiresAt: yesterday })
    expect((await engine.upgradeTier({ userId: 'u', targetTier: 'pro' })).oldTier).toBeNull()
    expect(await engine.validateAccess('u', 'secret')).toBe(true)
  })

  test('a tier that is not configured is refused', async () => {
    const { engine } = setUp()
    const work = engine.upgradeTier({ userId: 'u', targetTier: 'gold' })
    await expect(work).rejects.toMatchObject({ code: 'UNDEFINED_TIER' })
  })
})

describe('the audit log', () => {
  test('has what was done and what was refused', async () => {
    const { engine, storage } = setUp({ credits: 15 })
    await engine.charge({ userId: 'u', action: 'write' })
    await engine.charge({ userId: 'u', action: 'write' }).catch(() => {})
    expect(storage.listAuditLogs()).toMatchObject([
      { status: 'success', action: 'write' },
      { status: 'failed', action: 'write', errorMessage: 'User u needs 10 credits and has 5.' },
    ])
  })

  test('is left alone when it is turned off', async () => {
    const { storage } = setUp()
    const engine = new CreditsEngine({ storage, config: { ...config, audit: { enabled: false } } })
    await engine.charge({ userId: 'u', action: 'write' })
    expect(storage.listAuditLogs()).toEqual([])
  })
})

test('a storage without transactions is refused at construction', () => {
  const storage = Object.assign(new MockAdapter(), { transaction: undefined })
  const create = () => new CreditsEngine({ storage, config })
  expect(create).toThrow(ConfigurationError)
})
