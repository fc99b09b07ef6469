import { describe, expect, test, vi } from 'vitest'
import { admitAction } from './admit-action'

const APP_URL = 'https://balance.app'
vi.mock('@/lib/env', () => ({ env: () => ({ APP_URL: 'https://balance.app' }) }))

type Body = string | FormData | Uint8Array<ArrayBuffer>

function call(body: Body, headers: Record<string, string> = {}) {
  return new Request(`${APP_URL}/login`, {
    method: 'POST',
    headers: { origin: APP_URL, 'next-action': '40abc', ...headers },
    body,
  })
}

function form(fields: Record<string, string | File>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  return data
}

const statusOf = async (request: Request) => (await admitAction(request))?.status ?? 'admitted'

describe('a call of a server action', () => {
  test.each<[string, Body]>([
    ['of a form with scripts', form({ '1_email': 'ada@example.com', 0: '[{"values":{"a":"$$5"}},"$K1"]' })],
    ['of plain arguments', '["text",1,null,"$undefined","$D2026-11-01T00:00:00.000Z","$n12"]'],
    [
      'of a Map, a Set and a file',
      form({ 0: '["$Q1","$W2","$B3","$1:0"]', 1: '[["a",1]]', 2: '[1]', 3: new File([], 'a') }),
    ],
    ['without arguments', '[]'],
  ])('%s is admitted', async (_, body) => expect(await statusOf(call(body))).toBe('admitted'))

  test.each<[string, Body]>([
    ['that are no JSON', '{{{'],
    ['that are empty', ''],
    ['that are no list', '{"0":1}'],
    ['that are nested too deeply', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['that refer to what is not there', '["$1"]'],
    ['that refer into what is not there', form({ 0: '["$1:a:b"]', 1: '{"a":5}' })],
    ['that make a Map of a number', form({ 0: '["$Q1"]', 1: '5' })],
    ['that name another action', form({ 0: '["$F1"]', 1: '{"id":"x","bound":null}' })],
    ['that are a number no number can be', '["$nx"]'],
    ['that are a form without rows', form({ email: 'ada@example.com' })],
    ['that are not text', new Uint8Array([0xff, 0xfe])],
  ])('with arguments %s is a 400', async (_, body) => {
    const response = await admitAction(call(body))
    expect(response?.status).toBe(400)
    expect(await response?.json()).toMatchObject({ error: 'bad_request' })
  })

  test('that refers to one long row as often as it can is admitted without looking through it each time', async () => {
    const many = 45_000
    const intoItself = Array(many).fill(`$0:${many - 1}`)
    const asMaps = [Array(many).fill('$Q0'), ...Array(many).fill([])]
    expect(await statusOf(call(JSON.stringify(intoItself)))).toBe('admitted')
    expect(await statusOf(call(JSON.stringify(asMaps)))).toBe('admitted')
  })

  test('that is larger than Next.js takes is a 413', async () => {
    expect(await statusOf(call(`["${'x'.repeat(1_100_000)}"]`))).toBe(413)
  })

  test('from another site is a 403, and so is one whose origin is no address', async () => {
    for (const origin of ['https://evil.example', 'null', '::'])
      expect(await statusOf(call('[]', { origin }))).toBe(403)
  })

  test('from the page at APP_URL reaches Next.js with the host of APP_URL, whatever a proxy made of it', async () => {
    const request = call('[]', { host: '127.0.0.1:3000', 'x-forwarded-host': 'balance.app:8080' })
    expect(await admitAction(request)).toBeNull()
    expect(request.headers.get('x-forwarded-host')).toBe('balance.app')
  })
})

describe('a form sent without scripts', () => {
  const headers = { 'next-action': '' }
  const send = (fields: Record<string, string>) => {
    const request = call(form(fields), headers)
    request.headers.delete('next-action')
    return statusOf(request)
  }

  test('is admitted', async () => {
    const rows = { $ACTION_REF_1: '', '$ACTION_1:0': '{"id":"40abc","bound":"$@1"}', '$ACTION_1:1': '[{}]' }
    expect(
      await send({ ...rows, $ACTION_KEY: 'k1', email: 'ada@example.com', 0: 'a field of its own' }),
    ).toBe('admitted')
  })

  test.each([
    ['are no JSON', { '$ACTION_1:0': '{' }],
    ['refer to what is not there', { '$ACTION_1:0': '{"id":"40abc","bound":"$@1"}' }],
  ])('whose arguments %s is a 400', async (_, rows) => expect(await send(rows)).toBe(400))
})

test('what is no call is left alone', async () => {
  const sent = new Request(APP_URL, {
    method: 'POST',
    body: 'a=b',
    headers: { origin: 'https://evil.example' },
  })
  expect(await admitAction(sent)).toBeNull()
  expect(await admitAction(new Request(APP_URL))).toBeNull()
})
