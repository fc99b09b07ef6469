import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createRandom, type Random } from '../../scripts/random.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import { createBuyer, delivery, openCheckout, paymentData } from './events.ts'
import { post, signDelivery } from './signed-webhook.ts'

// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))

const SEED = 20_261_121
const DELIVERIES = 1_000

let engine: Engine
beforeAll(async () => {
  engine = await openApp()
})
afterAll(() => engine.close())

type Signed = ReturnType<typeof signDelivery>
type Mutation = (signed: Signed, random: Random) => { body: BodyInit; headers: Headers }

const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
const JUNK = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'v1,',
  'v1,AAAA',
  '9'.repeat(400),
  'é',
  '%00',
  'whsec_',
  '1e309',
  '{}',
]

function withHeader({ body, headers }: Signed, name: string, value: string | null) {
  const changed = new Headers(headers)
  if (value === null) changed.delete(name)
  else changed.set(name, value)
  return { body, headers: changed }
}

function bytesOf({ body, headers }: Signed, change: (bytes: Uint8Array) => Uint8Array<ArrayBuffer>) {
  return { body: change(new TextEncoder().encode(body)), headers }
}

/** Each changes a true delivery so that it is none any more. */
const MUTATIONS: Mutation[] = [
  // One bit of the body.
  (signed, random) =>
    bytesOf(signed, (bytes) => {
      const at = random.between(0, bytes.length - 1)
      return Uint8Array.from(bytes, (byte, index) =>
        index === at ? byte ^ (1 << random.between(0, 7)) : byte,
      )
    }),
  // A part of the body, or more than all of it.
  (signed, random) =>
    bytesOf(signed, (bytes) => Uint8Array.from(bytes.subarray(0, random.between(0, bytes.length - 1)))),
  ({ body, headers }, random) => ({ body: body + random.pick([' ', '\n', '}', ',', '\0', body]), headers }),
  ({ headers }, random) => ({ body: random.pick(['', '[]', 'null', '{"type":1}', '{', '\0', '"']), headers }),
  // Other words, as an attacker would like them.
  ({ body, headers }, random) => {
    const [from, to] = random.pick([
      ['3999', '1'],
      ['pdt_pro', 'pdt_enterprise'],
      ['payment.succeeded', 'subscription.renewed'],
      ['"quantity":1', '"quantity":1000'],
      ['cks_pro', 'cks_starter'],
    ] as const)
    return { body: body.replace(from, to), headers }
  },
  (signed, random) => withHeader(signed, random.pick(HEADERS), null),
  (signed, random) => withHeader(signed, random.pick(HEADERS), random.pick(JUNK)),
  // Too old, or from the future.
  (signed, random) => {
    const seconds = Math.floor(Date.now() / 1000) + random.pick([-1, 1]) * random.between(600, 10_000_000)
    return withHeader(signed, 'webhook-timestamp', String(seconds))
  },
  // Another id under the same signature, and a signature with one character changed.
  (signed, random) => withHeader(signed, 'webhook-id', `msg_${random.between(0, 1_000_000)}`),
  (signed, random) => {
    const signature = signed.headers.get('webhook-signature') ?? ''
    const at = random.between(3, signature.length - 3)
    const other = signature[at] === 'A' ? 'B' : 'A'
    return withHeader(signed, 'webhook-signature', signature.slice(0, at) + other + signature.slice(at + 1))
  },
]

const rows = async () => {
  const tables = ['payment_events', 'payments', 'subscriptions', 'credit_transactions', 'audit_logs', 'mails']
  const counts = await Promise.all(
    tables.map((table) => engine.owner`select count(*)::int from ${engine.owner(table)}`),
  )
  return counts.map(([row]) => row?.count)
}

test(`${DELIVERIES} mutated deliveries give only 4xx, no row, and no crash`, async () => {
  const key = process.env.DODO_PAYMENTS_WEBHOOK_KEY ?? ''
  const buyer = await createBuyer(engine)
  const told = delivery('payment.succeeded', paymentData(buyer, await openCheckout(engine, buyer)))
  const random = createRandom(SEED)
  const before = await rows()
  const statuses = new Map<number, number>()
  for (let index = 0; index < DELIVERIES; index++) {
    const mutate = MUTATIONS[index % MUTATIONS.length]
    const signed = signDelivery(told, key)
    const mutated = mutate?.(signed, random) ?? signed
    const status = await post(mutated)
    expect(status, `number ${index}`).toBeGreaterThanOrEqual(400)
    expect(status, `number ${index}`).toBeLessThan(500)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  expect(await rows()).toEqual(before)
  expect([...statuses.keys()].sort()).toEqual([400, 401])

  // What they were made of is a true one.
  expect(await post(signDelivery(told, key))).toBe(200)
  expect((await engine.wallet(buyer.userId)).balance).toBe(500)
})
