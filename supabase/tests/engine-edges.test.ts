import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine, tally, times } from './engine.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 8 })
})
afterEach(() => engine.expectSoundLedger())
afterAll(() => engine.close())

test('no key that a caller chooses keeps a hold from coming back', async () => {
  const userId = await engine.createUser({ balance: 10 })
  const { transaction_id: id = 0 } = await engine.call('reserve_credits', {
    p_caller: { internal: 'test' },
    p_user_id: userId,
    p_action: 'run',
    p_prices: { default: 4 },
    p_hold_ms: 0,
  })
  await engine.call('deduct_credits', { p_user_id: userId, p_amount: 1, p_idempotency_key: `hold:${id}` })
  expect(await engine.call('release_expired_holds', {})).toMatchObject({ ok: true, released: 1 })
  expect((await engine.wallet(userId)).balance).toBe(9)
})

test('a key used many times at once on a wallet that is not open yet is used once', async () => {
  await engine.owner`insert into credit_types (id, name) values ('minutes', 'Minutes') on conflict do nothing`
  for (let round = 0; round < 5; round++) {
    const userId = await engine.createUser()
    const first = { p_user_id: userId, p_amount: 5, p_credit_type: 'minutes', p_idempotency_key: 'first' }
    const answers = await Promise.all(times(8, () => engine.call('add_credits', first)).map((add) => add()))
    expect(tally(answers)).toEqual({ done: 1, replayed: 7 })
    expect(await engine.ledger(userId)).toEqual(['purchase 5'])
  }
})

test('credits that expire between the check and the charge still pay for it', async () => {
  await expireAfterCheck()
  const userId = await engine.createUser({ balance: 1 })
  const expiresAt = new Date(Date.now() + 3_600_000)
  await engine.call('add_credits', { p_user_id: userId, p_amount: 5, p_expires_at: expiresAt })
  const charge = { p_user_id: userId, p_amount: 6 }
  expect(await engine.call('deduct_credits', charge)).toMatchObject({ ok: true, balance: 0 })
  expect(await engine.call('deduct_credits', charge)).toMatchObject({ ok: false, balance: 0 })
})

test('a limit of one request lets one through, and the next when its time is up', async () => {
  const userId = await engine.createUser({ balance: 10 })
  const reserve = () =>
    engine.call('reserve_credits', {
      p_caller: { internal: 'test' },
      ...{ p_user_id: userId, p_action: 'run', p_prices: { default: 1 }, p_hold_ms: 60_000 },
      ...{ p_rate_requests: 1, p_rate_seconds: 60 },
    })
  expect(await reserve()).toMatchObject({ ok: true })
  expect(await reserve()).toMatchObject({ ok: false, code: 'rate_limited' })
  await engine.owner`
    update private.rate_limits set next_free_at = next_free_at - interval '1 minute' where subject = ${userId}`
  expect(await reserve()).toMatchObject({ ok: true })
})

/** Lets all credits expire between the check of the balance and the charge, and has `expire_due` read the wallet again. */
async function expireAfterCheck(): Promise<void> {
  await engine.owner.unsafe(`
    alter function private.available_balance(public.credits, timestamptz) rename to spendable_at_once;
    create function private.available_balance(p_wallet public.credits, p_at timestamptz default clock_timestamp())
    returns bigint language plpgsql as $$
    declare
      answer bigint := private.spendable_at_once(p_wallet, p_at);
      just_after constant timestamptz := p_at + interval '1 microsecond';
    begin
      update public.credit_grants set expires_at = just_after where user_id = p_wallet.user_id and remaining > 0;
      update public.credits set next_expiry_at = just_after
      where user_id = p_wallet.user_id and next_expiry_at is not null;
      return answer;
    end
    $$;
    alter function private.expire_due(public.credits, timestamptz) rename to expire_due_of_given;
    create function private.expire_due(p_wallet public.credits, p_at timestamptz default clock_timestamp())
    returns public.credits language plpgsql as $$
    declare
      wallet public.credits;
    begin
      select * into wallet
      from public.credits
      where user_id = p_wallet.user_id and credit_type = p_wallet.credit_type;
      return private.expire_due_of_given(wallet, p_at);
    end
    $$`)
}
