import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createPool } from '../../dev-stack/create-pool.ts'
import { createTestDatabase } from '../../dev-stack/testing.ts'
import { LivebalanceAdapter } from '../src/adapters/livebalance/index.ts'
import { type ConformanceUser, conformance } from '../src/conformance/index.ts'
import { CreditsEngine, MockAdapter } from '../src/index.ts'

const KEPT_FOR_GOOD = 'The ledger of Livebalance keeps keys for good.'

describe('the adapter for Livebalance', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let owner: pg.Pool
  let pool: pg.Pool
  let adapter: LivebalanceAdapter

  beforeAll(async () => {
    database = await createTestDatabase(inject('postgres'))
    owner = createPool({ connectionString: database.ownerUrl, max: 2 })
    pool = createPool({ connectionString: database.ownerUrl, options: '-c role=service_role' })
    adapter = new LivebalanceAdapter({ pool })
  })
  afterAll(async () => {
    await owner?.end()
    await pool?.end()
    await database?.drop()
  })

  async function createUser({ credits, membershipTier = null, membershipExpiresAt = null }: ConformanceUser) {
    const id = crypto.randomUUID()
    await owner.query('insert into auth.users (id, email) values ($1, $2)', [id, `${id}@example.com`])
    await owner.query('update public.credits set low_balance_threshold = null where user_id = $1', [id])
    if (credits === null) await owner.query('delete from public.credits where user_id = $1', [id])
    else if (credits > 0) await owner.query('select public.add_credits($1, $2)', [id, credits])
    await owner.query(
      'update public.profiles set membership_tier = $2, membership_expires_at = $3 where id = $1',
      [id, membershipTier, membershipExpiresAt],
    )
    return id
  }

  test('passes the conformance suite with the rights of service_role', async () => {
    const results = await conformance(adapter, {
      createUser,
      unknownUserId: '00000000-0000-4000-8000-000000000000',
      tiers: ['pro', 'enterprise'],
      skip: {
        'clean-up of keys while they are in use': KEPT_FOR_GOOD,
        'an expired key is free, cleaned up or not': KEPT_FOR_GOOD,
      },
    })
    expect(results.filter(({ status }) => status === 'failed')).toEqual([])
    expect(results.filter(({ status }) => status === 'skipped')).toHaveLength(2)
    const { rows } = await owner.query('select public.verify_ledger() as problems')
    expect(rows).toEqual([])
  })

  test('charges in one round trip, and commits with your own transaction', async () => {
    const engine = new CreditsEngine({ storage: adapter, config: { costs: { act: { default: 10 } } } })
    const userId = await createUser({ credits: 100 })
    const client = await pool.connect()
    let sent = 0
    const txn = {
      query: (text: string, values?: unknown[]) => {
        sent += 1
        return client.query(text, values)
      },
    }
    await txn.query('begin')
    await engine.charge({ userId, action: 'act', idempotencyKey: 'k', metadata: { a: 1 }, txn })
    expect(sent).toBe(2)
    expect(await engine.queryBalance(userId)).toBe(100)
    await txn.query('commit')
    client.release()
    expect(await engine.queryBalance(userId)).toBe(90)
    const [row] = await engine.getHistory(userId)
    expect(row).toMatchObject({ userId, action: 'act', amount: -10, metadata: { a: 1 } })
  })

  test('takes balances over from another storage, each once', async () => {
    const old = new CreditsEngine({
      storage: new MockAdapter([{ id: 'ada', credits: 70 }]),
      config: { costs: {} },
    })
    const engine = new CreditsEngine({ storage: adapter, config: { costs: {} } })
    const userId = await createUser({ credits: 0 })
    for (let runs = 0; runs < 2; runs += 1) {
      const amount = await old.queryBalance('ada')
      await engine.grant({ userId, amount, action: 'import', idempotencyKey: 'import' })
    }
    expect(await engine.queryBalance(userId)).toBe(70)
    await old.grant({ userId: 'ada', amount: 5, action: 'gift' })
    const changed = engine.grant({ userId, amount: 75, action: 'import', idempotencyKey: 'import' })
    await expect(changed).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_CONFLICT' })
  })

  test('takes an id that is no UUID for an unknown user, and leaves the transaction usable', async () => {
    const engine = new CreditsEngine({ storage: adapter, config: { costs: { act: { default: 10 } } } })
    const userId = await createUser({ credits: 100 })
    await adapter.transaction(async (txn) => {
      const charge = engine.charge({ userId: 'nobody', action: 'act', txn })
      await expect(charge).rejects.toMatchObject({ code: 'USER_NOT_FOUND' })
      await engine.charge({ userId, action: 'act', txn })
    })
    expect(await engine.queryBalance(userId)).toBe(90)
  })
})
