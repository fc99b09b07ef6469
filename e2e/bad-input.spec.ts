import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { expectRefusal } from './support/refusal.ts'
import { takeSnapshot } from './support/snapshot.ts'

const NOBODY = '00000000-0000-4000-8000-000000000000'
const TEXT = 'The harbour opened in 1887. It made the town rich.'

type Route = {
  path: string
  admin: boolean
  /** A request that would be carried out. */
  right: (userId: string) => object
  /** Changes to it, each of which is one mistake. */
  wrong: object[]
  /** Changes to it that name what there is not, with the code of the 404. */
  missing?: [change: object, code: string][]
  maxBytes: number
}

const WRONG_ADJUSTMENTS = [
  { userId: 'me' },
  { userId: 5 },
  { userId: undefined },
  { amount: 0 },
  { amount: 1.5 },
  { amount: '5' },
  { amount: null },
  { amount: 1e300 },
  { amount: 2 ** 53 },
  { reason: '' },
  { reason: ' a ' },
  { reason: 'x'.repeat(501) },
  { reason: 'A gift\0' },
  { reason: ['A gift'] },
  { creditType: 5 },
  { idempotencyKey: '' },
  { actorId: NOBODY },
]
const adjustment = (userId: string) => ({ userId, amount: 5, reason: 'A gift' })
const MISSING_WALLETS: Route['missing'] = [
  [{ userId: NOBODY }, 'user_not_found'],
  [{ creditType: 'gold' }, 'unknown_credit_type'],
]

const ROUTES: Route[] = [
  {
    path: '/api/example-protected',
    admin: false,
    right: () => ({ text: TEXT }),
    wrong: [
      { text: '' },
      { text: ' \n ' },
      { text: 5 },
      { text: [TEXT] },
      { text: undefined },
      { text: 'x'.repeat(20_001) },
      { text: `${TEXT}\0` },
      { text: `${TEXT}\ud800` },
      { complexity: 'free' },
      { complexity: 1 },
      { price: 0 },
      { cost: 0, userId: NOBODY },
    ],
    maxBytes: 131_072,
  },
  {
    path: '/api/credits',
    admin: true,
    right: adjustment,
    wrong: [...WRONG_ADJUSTMENTS, { amount: -5 }],
    missing: MISSING_WALLETS,
    maxBytes: 16_384,
  },
  {
    path: '/api/admin/credits',
    admin: true,
    right: adjustment,
    wrong: WRONG_ADJUSTMENTS,
    missing: MISSING_WALLETS,
    maxBytes: 16_384,
  },
  {
    path: '/api/admin/payments/refund',
    admin: true,
    right: () => ({ paymentId: NOBODY, amount: 5, reason: 'A gift', idempotencyKey: 'a-key' }),
    wrong: [
      { paymentId: 'pay_1' },
      { paymentId: undefined },
      { amount: 0 },
      { amount: -5 },
      { amount: 1.5 },
      { amount: '5' },
      { amount: null },
      { amount: 2 ** 53 },
      { reason: ' a ' },
      { reason: 'x'.repeat(501) },
      { reason: 'A gift\0' },
      { idempotencyKey: '' },
      { idempotencyKey: undefined },
      { currency: 'USD' },
      { actorId: NOBODY },
    ],
    missing: [[{}, 'payment_not_found']],
    maxBytes: 16_384,
  },
  {
    path: '/api/admin/webhooks/replay',
    admin: true,
    right: () => ({ id: 'msg_that_never_came' }),
    wrong: [
      { id: '' },
      { id: 5 },
      { id: null },
      { id: ['msg_1'] },
      { id: 'x'.repeat(256) },
      { id: 'msg\0' },
      { payload: {} },
    ],
    missing: [[{}, 'delivery_not_found']],
    maxBytes: 16_384,
  },
  {
    path: '/api/admin/reconcile',
    admin: true,
    right: () => ({ days: 1 }),
    wrong: [
      { days: 2 },
      { days: 0 },
      { days: -1 },
      { days: '1' },
      { days: null },
      { days: 365 },
      { since: 0 },
    ],
    maxBytes: 16_384,
  },
  {
    path: '/api/dodopayments/checkout',
    admin: false,
    right: () => ({ packageId: 'pro' }),
    wrong: [
      { packageId: '' },
      { packageId: 5 },
      { packageId: ['pro'] },
      { packageId: 'x'.repeat(41) },
      { packageId: 'pro\0' },
      { packageId: undefined },
    ],
    maxBytes: 16_384,
  },
  {
    path: '/api/dodopayments/subscription',
    admin: false,
    right: () => ({ action: 'cancel' }),
    wrong: [
      { action: 'delete' },
      { action: '' },
      { action: 5 },
      { action: ['cancel'] },
      { action: undefined },
      { packageId: 'pro-yearly' },
      { subscriptionId: 'sub_1' },
      { action: 'change_plan' },
      { action: 'change_plan', packageId: 5 },
      { action: 'change_plan', packageId: 'PRO' },
      { action: 'change_plan', packageId: 'pro\0' },
      { action: 'change_plan', packageId: 'pro-yearly', price: 1 },
      { action: 'resume', packageId: 'pro-yearly' },
    ],
    maxBytes: 16_384,
  },
]

for (const { path, admin, right, wrong, missing = [], maxBytes } of ROUTES) {
  test.describe(path, () => {
    let caller: Page
    let before: unknown
    let names: string[]
    test.beforeEach(async ({ openBrowser, user, admin: anAdmin, sql }) => {
      caller = await openBrowser(admin ? anAdmin : user)
      names = [user.id, anAdmin.id]
      before = await takeSnapshot(sql, names)
    })
    test.afterEach(async ({ sql }) => {
      expect(await takeSnapshot(sql, names), 'nothing was changed').toEqual(before)
    })

    const send = (data: string | Uint8Array, headers?: Record<string, string>) =>
      callApi(caller, path, Buffer.from(data), headers)

    test('what is no JSON, or not an object, is a 400', async () => {
      for (const body of [
        '',
        '{',
        '{"a":1,}',
        'hello',
        '<xml/>',
        'null',
        '[]',
        '"text"',
        '5',
        '{}',
        '{"__proto__":{}}',
      ]) {
        expectRefusal(await send(body), 400, 'bad_request', body)
      }
      expectRefusal(await send(new Uint8Array([0x22, 0xff, 0xfe, 0x22])), 400, 'bad_request', 'no UTF-8')
    })

    test('what is wrong with a field is a 400 that names it', async ({ user }) => {
      for (const mistake of wrong) {
        const answer = await callApi(caller, path, { ...right(user.id), ...mistake })
        expectRefusal(answer, 400, 'bad_request', JSON.stringify(mistake))
        expect(answer.body.fields, JSON.stringify(mistake)).toEqual(
          expect.arrayContaining([{ path: expect.any(String), message: expect.any(String) }]),
        )
      }
    })

    test('what is too large is a 413, however it is written', async ({ user }) => {
      const padded = `${JSON.stringify(right(user.id))}${' '.repeat(maxBytes)}`
      const answer = await send(padded)
      expectRefusal(answer, 413, 'payload_too_large', 'padded')
      expect(answer.body.maxBytes).toBe(maxBytes)
      expectRefusal(await send('['.repeat(maxBytes + 1)), 413, 'payload_too_large', 'nested')
    })

    test('what is not sent as JSON is a 415', async ({ user }) => {
      const body = JSON.stringify(right(user.id))
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/xml',
      ]) {
        expectRefusal(await send(body, { 'content-type': type }), 415, 'unsupported_media_type', type)
      }
    })

    test('what another site sends is a 403', async ({ user }) => {
      const body = JSON.stringify(right(user.id))
      for (const origin of [
        'https://evil.example',
        'null',
        'http://localhost',
        'http://localhost.evil.example:3000',
      ]) {
        expectRefusal(await send(body, { origin }), 403, 'forbidden', origin)
      }
    })

    test('what nobody signed in sends is a 401, whatever it says', async ({ page, user }) => {
      for (const data of [right(user.id), {}, Buffer.from('{')]) {
        expectRefusal(await callApi(page, path, data), 401, 'unauthorized', JSON.stringify(data))
      }
    })

    if (admin) {
      test('what is for admins is a 403 for others, whatever it says', async ({ userPage, user }) => {
        for (const data of [right(user.id), {}, Buffer.from('{')]) {
          expectRefusal(await callApi(userPage, path, data), 403, 'forbidden', JSON.stringify(data))
        }
      })

      for (const [change, code] of missing) {
        test(`${JSON.stringify(change)} is a 404 ${code}`, async ({ user }) => {
          expectRefusal(await callApi(caller, path, { ...right(user.id), ...change }), 404, code, code)
        })
      }
    }
  })
}
