import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { expectRefusal } from './support/refusal.ts'
import { ROUTES } from './support/routes-with-input.ts'
import { takeSnapshot } from './support/snapshot.ts'

for (const { path, admin, right, wrong, missing = [], maxBytes = 16_384 } of ROUTES) {
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
    }

    for (const [change, code] of missing) {
      test(`${JSON.stringify(change)} is a 404 ${code}`, async ({ user }) => {
        expectRefusal(await callApi(caller, path, { ...right(user.id), ...change }), 404, code, code)
      })
    }
  })
}
