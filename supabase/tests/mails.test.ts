import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Engine, openEngine, times } from './engine.ts'

type ClaimedMail = { id: string; kind: string; data: object; email: string; name: string }

let engine: Engine
let userId: string
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.owner`delete from mails`
  userId = await engine.createUser({ balance: 100 })
})

const queue = (key: string, sql = engine.owner) =>
  sql`select private.queue_mail(${userId}, 'receipt', ${key}, ${sql.json({ credits: 5 })})`
const claim = () => engine.server<ClaimedMail[]>`select * from claim_mails()`
const finish = (id: string, error: string | null = null) => engine.server`select finish_mail(${id}, ${error})`
const statuses = () =>
  engine.owner<{ status: string; attempts: number; error: string | null; wait: number }[]>`
    select status, attempts, error, round(extract(epoch from next_attempt_at - clock_timestamp()) / 60)::int as wait
    from mails order by id`
const makeDue = () => engine.owner`update mails set next_attempt_at = clock_timestamp()`

describe('the outbox', () => {
  test('a mail is queued once per key, and only if its cause is committed', async () => {
    await engine.owner
      .begin(async (sql) => {
        await sql`select private.queue_mail(${userId}, 'receipt', 'receipt:undone', '{}')`
        throw new Error('undone')
      })
      .catch(() => {})
    await Promise.all(times(4, () => queue('receipt:1')).map((act) => act()))
    await queue('receipt:2')
    const rows = await engine.owner`select business_key from mails order by id`
    expect(rows.map((row) => row.business_key).sort()).toEqual(['receipt:1', 'receipt:2'])
  })

  test('who takes a mail has it alone, with whom it is for', async () => {
    await engine.owner`update profiles set name = 'Ada' where id = ${userId}`
    for (const number of times(30, (index) => index)) await queue(`receipt:${number()}`)
    const claims = await Promise.all(times(4, claim).map((act) => act()))
    const ids = claims.flat().map(({ id }) => id)
    expect(ids).toHaveLength(30)
    expect(new Set(ids).size).toBe(30)
    expect(claims.flat()[0]).toMatchObject({
      kind: 'receipt',
      data: { credits: 5 },
      email: `${userId}@example.com`,
      name: 'Ada',
    })
    expect(await claim()).toEqual([])
  })

  test('a sent mail stays sent, whatever a late report says', async () => {
    await queue('receipt:1')
    const [mail] = await claim()
    await finish(mail?.id ?? '')
    await finish(mail?.id ?? '', 'a late error')
    await makeDue()
    expect(await claim()).toEqual([])
    expect(await statuses()).toMatchObject([{ status: 'sent', attempts: 1, error: null }])
  })

  test('a mail that cannot be sent is tried again, later each time, and after the eighth time it has failed', async () => {
    await queue('receipt:1')
    const waits: number[] = []
    for (let attempt = 1; attempt <= 8; attempt++) {
      const [mail] = await claim()
      await finish(mail?.id ?? '', 'no answer')
      const [row] = await statuses()
      expect(row).toMatchObject({
        status: attempt < 8 ? 'waiting' : 'failed',
        attempts: attempt,
        error: 'no answer',
      })
      waits.push(row?.wait ?? 0)
      await makeDue()
    }
    expect(waits).toEqual([1, 5, 30, 120, 360, 720, 1440, 1440])
    expect(await claim()).toEqual([])
  })

  test('a mail whose sender died is due again', async () => {
    await queue('receipt:1')
    await claim()
    await makeDue()
    expect(await claim()).toHaveLength(1)
  })
})

describe('the mails somebody wants', () => {
  const choose = (choice: string | null, wanted: boolean | null, user = userId) =>
    engine.call('set_mail_wanted', { p_user_id: user, p_choice: choice, p_wanted: wanted })
  const unwanted = async () => {
    const [row] = await engine.owner<{ unwanted_mails: string[] }[]>`
      select unwanted_mails from profiles where id = ${userId}`
    return row?.unwanted_mails.sort()
  }
  const queueOf = (kind: string, key = crypto.randomUUID()) =>
    engine.owner`select private.queue_mail(${userId}, ${kind}, ${key}, '{}')`
  const kinds = async () => (await engine.owner`select kind from mails order by id`).map(({ kind }) => kind)

  test('are all, until one is switched off; what waits of it goes as well', async () => {
    await queueOf('expiring_credits')
    await queueOf('welcome')
    expect(await choose('expiring_credits', false)).toMatchObject({ ok: true, wanted: false })
    expect(await kinds()).toEqual(['welcome'])
    await queueOf('expiring_credits')
    await queueOf('low_balance')
    expect(await kinds()).toEqual(['welcome', 'low_balance'])
    await choose('expiring_credits', true)
    await queueOf('expiring_credits')
    expect(await kinds()).toEqual(['welcome', 'low_balance', 'expiring_credits'])
  })

  test('a choice switched by several at once, or twice, is kept once, beside the others', async () => {
    await Promise.all(
      [
        ...times(5, () => choose('low_balance', false)),
        ...times(5, () => choose('product', false)),
        () => choose('key_budget', false),
      ].map((act) => act()),
    )
    expect(await unwanted()).toEqual(['key_budget', 'low_balance', 'product'])
    await Promise.all(times(3, () => choose('low_balance', true)).map((act) => act()))
    expect(await unwanted()).toEqual(['key_budget', 'product'])
    await queueOf('welcome')
    await queueOf('key_budget')
    expect(await kinds()).toEqual([])
  })

  test.each([
    'receipt',
    'refund',
    'dispute',
    'password_changed',
    'email_changed',
    'plan_cancelled',
    '',
    null,
  ])('cannot be without %s', async (kind) => {
    expect(await choose(kind, false)).toMatchObject({ ok: false, code: 'unknown_mail' })
    expect(await choose('low_balance', null)).toMatchObject({ ok: false, code: 'unknown_mail' })
    expect(await unwanted()).toEqual([])
  })

  test('nobody is written to at a closed account, nor chooses there', async () => {
    await engine.owner`update profiles set closed_at = now() where id = ${userId}`
    for (const kind of ['receipt', 'dispute', 'welcome', 'password_changed']) await queueOf(kind)
    expect(await kinds()).toEqual([])
    expect(await choose('product', false)).toMatchObject({ ok: false, code: 'user_not_found' })
    expect(await choose('product', false, crypto.randomUUID())).toMatchObject({ ok: false })
  })

  test('a balance that falls low is not told to who does not want it, and the charge is made all the same', async () => {
    await choose('low_balance', false)
    await engine.call('deduct_credits', { p_user_id: userId, p_amount: 95 })
    expect(await kinds()).toEqual([])
    expect(await engine.wallet(userId)).toMatchObject({ balance: 5 })
  })
})
