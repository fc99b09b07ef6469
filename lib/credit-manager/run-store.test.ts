import { beforeEach, expect, test, vi } from 'vitest'
import { IDLE_TOOL, type RunEnd, RunStore } from './run-store'

const USER = 'user-1'
const URL = '/api/tools/poster'
const PAGE = '/tools/poster'

const answer = { picture: 'data:', creditsUsed: 3, newBalance: 97, transactionId: 7, runId: 1 }

/** What the server was asked, and how it is made to answer. */
const calls: { key: string | null; signal: AbortSignal | null | undefined }[] = []
let replies: (() => Promise<Response>)[] = []
let store: RunStore
let ends: RunEnd[]

beforeEach(() => {
  calls.length = 0
  replies = []
  ends = []
  store = new RunStore()
  store.onEnd((end) => ends.push(end))
  vi.stubGlobal('fetch', (_: string, { headers, signal }: RequestInit) => {
    calls.push({ key: new Headers(headers).get('idempotency-key'), signal })
    return replies.shift()?.() ?? Promise.reject(new TypeError('The network is down.'))
  })
  return () => vi.unstubAllGlobals()
})

const start = (input: object = { title: 'a' }) => store.start(USER, URL, input, PAGE)
const refuse = (status: number, body: object) => async () => Response.json(body, { status })

test('a run goes on while nobody watches its tool, and its result is there on return', async () => {
  const reply = Promise.withResolvers<Response>()
  replies = [() => reply.promise]
  const leave = store.watch(USER, URL, () => undefined)
  const run = start()
  expect(store.get(USER, URL)).toMatchObject({ running: true, result: null })
  leave()
  reply.resolve(Response.json(answer))
  await run
  expect(store.get(USER, URL)).toMatchObject({ running: false, result: answer })
  expect(ends).toEqual([{ ok: true, creditsUsed: 3, userId: USER, page: PAGE, watched: false }])
})

test('who is on its page hears every change, and that it is on screen', async () => {
  replies = [async () => Response.json(answer)]
  const seen: boolean[] = []
  store.watch(USER, URL, () => seen.push(store.get(USER, URL).running))
  await start()
  expect(seen).toEqual([true, false])
  expect(ends).toMatchObject([{ watched: true }])
})

test('a second click does nothing while a run is on its way, on whatever page it was started', async () => {
  replies = [async () => Response.json(answer), async () => Response.json(answer)]
  await Promise.all([start(), start({ title: 'b' })])
  expect(calls).toHaveLength(1)
})

test('the result of the last run stays while the next one runs or fails', async () => {
  replies = [async () => Response.json(answer), refuse(402, { error: 'insufficient_credits', message: '' })]
  await start()
  await start()
  expect(store.get(USER, URL)).toMatchObject({ running: false, result: answer })
  expect(ends.at(-1)).toMatchObject({ ok: false, error: { code: 'insufficient_credits' } })
})

test('a run repeated after the network failed carries the same key, also from another visit of its page', async () => {
  await start()
  replies = [async () => Response.json(answer)]
  await start()
  expect(calls[1]?.key).toBe(calls[0]?.key)
})

test('a repeated run that had been given back is run anew', async () => {
  await start()
  const lost = { error: 'client_closed_request', message: 'You were not charged.' }
  replies = [refuse(499, lost), async () => Response.json(answer)]
  await start()
  expect(calls).toHaveLength(3)
  expect(calls[2]?.key).not.toBe(calls[0]?.key)
  expect(store.get(USER, URL).result).toEqual(answer)
})

test('a repeated run that was paid for what it had used is not run and paid again', async () => {
  await start()
  const paid = { error: 'client_closed_request', message: 'You were charged 2 credits.', creditsUsed: 2 }
  replies = [refuse(499, paid), async () => Response.json(answer)]
  await start()
  expect(calls).toHaveLength(2)
  expect(ends.at(-1)).toMatchObject({ ok: false, error: { message: paid.message } })
})

test('whoever signs in next in the tab finds nothing of the one before, whose run is hung up', async () => {
  replies = [() => new Promise(() => undefined)]
  void start()
  await vi.waitFor(() => expect(calls).toHaveLength(1))
  store.keepOnly('user-2')
  expect(calls[0]?.signal?.aborted).toBe(true)
  expect(store.get(USER, URL)).toEqual(IDLE_TOOL)
})
