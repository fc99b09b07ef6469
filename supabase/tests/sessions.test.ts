import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { newAddress, startTestApi, type TestApi } from '../../packages/dev-stack/api/testing.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'

// The request that Next.js would tell of: its cookies and headers.
const request = vi.hoisted(() => ({ cookies: new Map<string, string>(), headers: new Headers() }))
vi.mock('next/headers', () => ({
  cookies: async () => ({
    getAll: () => [...request.cookies].map(([name, value]) => ({ name, value })),
    set(name: string, value: string) {
      if (value) request.cookies.set(name, value)
      else request.cookies.delete(name)
    },
  }),
  headers: async () => request.headers,
}))

const { createAuthClient } = await import('../../lib/supabase/auth.ts')
const { renewedSession } = await import('../../lib/supabase/current-session.ts')
const { createClient } = await import('../../lib/supabase/server.ts')
const { resolveSession } = await import('../../lib/supabase/session.ts')
const { readSessionCookie } = await import('../../lib/supabase/session-cookie.ts')

/** Of this project, which has a port; and as supabase-js names it by itself. */
let NAME = ''
const USUAL = 'sb-127-auth-token'
const PASSWORD = 'correct horse'
const VISITOR = '203.0.113.7'

let api: TestApi
let proxy: { url: string; close(): Promise<void> }
/** What Auth answers to renewals instead of renewing; null to renew. */
let outage: (() => Response) | null = null
let renewals: Request[] = []

beforeAll(async () => {
  api = await startTestApi()
  proxy = await serveHttp({
    port: 0,
    async fetch(incoming) {
      const { pathname, search } = new URL(incoming.url)
      if (search.includes('refresh_token')) {
        renewals.push(incoming)
        if (outage) return outage()
      }
      const body = incoming.body ? await incoming.arrayBuffer() : null
      const { method, headers } = incoming
      return fetch(api.url + pathname + search, { method, headers, body })
    },
  })
  NAME = `sb-127-${new URL(proxy.url).port}-auth-token`
  Object.assign(process.env, {
    APP_URL: 'http://localhost:3000',
    NEXT_PUBLIC_SUPABASE_URL: proxy.url,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: api.keys.publishableKey,
    SUPABASE_SECRET_KEY: api.keys.secretKey,
    DODO_PAYMENTS_API_KEY: 'unused',
    DODO_PAYMENTS_WEBHOOK_KEY: 'dW51c2Vk',
    TRUSTED_PROXY_HOPS: '1',
    LOG_LEVEL: 'error',
  })
})
afterAll(async () => {
  await proxy.close()
  await api.stop()
})
beforeEach(() => {
  renewals = []
  request.cookies.clear()
  request.headers = new Headers({ 'x-forwarded-for': VISITOR })
})
afterEach(() => {
  outage = null
})

async function signIn() {
  const email = newAddress()
  await api.service().auth.admin.createUser({ email, password: PASSWORD, email_confirm: true })
  const { data } = await api.visitor().auth.signInWithPassword({ email, password: PASSWORD })
  if (!data.session) throw new Error('Nobody was signed in.')
  return data.session
}

type Session = Awaited<ReturnType<typeof signIn>>

/** The same session an hour later: its token is over. */
async function aged(session: Session): Promise<Session> {
  const over = Math.floor(Date.now() / 1000) - 60
  const claims = await api.tokens.verify(session.access_token)
  return { ...session, access_token: await api.tokens.sign({ ...claims, exp: over }), expires_at: over }
}

function cookiesOf(session: object, name = NAME) {
  const value = `base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`
  const chunks = value.match(/.{1,3000}/g) ?? []
  return chunks.map((chunk, index) => ({ name: `${name}.${index}`, value: chunk }))
}

const EARLY = { renew: 'early', address: VISITOR } as const

describe('a session that is over', () => {
  it('is renewed, in the name of the visitor', async () => {
    const session = await signIn()
    const { session: now, changes } = await resolveSession(cookiesOf(await aged(session)), EARLY)
    expect(now).toMatchObject({ state: 'active', claims: { userId: session.user.id } })
    expect(changes.map(([name]) => name)).toContain(NAME)
    expect(renewals[0]?.headers.get('sb-forwarded-for')).toBe(VISITOR)
    expect(
      await api.sql`select host(ip) as ip from auth.sessions where user_id = ${session.user.id}`,
    ).toEqual([{ ip: VISITOR }])
  })

  it('is renewed once for all pages that ask at the same time, and those that come late', async () => {
    const cookies = cookiesOf(await aged(await signIn()))
    const all = await Promise.all(Array.from({ length: 5 }, () => resolveSession(cookies, EARLY)))
    const late = await resolveSession(cookies, EARLY)
    expect([...all, late].map(({ session }) => session.state)).toEqual(Array(6).fill('active'))
    expect(renewals).toHaveLength(1)
  })

  it.each([
    ['a rate limit', () => Response.json({ code: 'over_request_rate_limit', message: '' }, { status: 429 })],
    ['an outage', () => new Response('Bad gateway', { status: 503 })],
    ['a wrong key', () => Response.json({ message: 'Invalid API key' }, { status: 401 })],
  ])('is kept through %s', async (_what, answer) => {
    outage = answer
    const over = await resolveSession(cookiesOf(await aged(await signIn())), EARLY)
    expect(over).toMatchObject({ session: { state: 'unavailable' }, changes: [] })
    const stillGood = { ...(await signIn()), expires_at: 1 }
    const kept = await resolveSession(cookiesOf(stillGood), EARLY)
    expect(kept).toMatchObject({ session: { state: 'active' }, changes: [] })
  })

  it('ends when Auth says so', async () => {
    const session = await aged(await signIn())
    await api.sql`delete from auth.sessions where user_id = ${session.user.id}`
    const { session: now, changes } = await resolveSession(cookiesOf(session), EARLY)
    expect(now).toEqual({ state: 'none' })
    expect(changes.every(([, value, options]) => value === '' && options.maxAge === 0)).toBe(true)
    expect(changes).not.toEqual([])
  })

  it('is renewed by a route handler, which sets the new cookie', async () => {
    for (const { name, value } of cookiesOf(await aged(await signIn()))) request.cookies.set(name, value)
    expect(await renewedSession()).toMatchObject({ state: 'active' })
    expect(await renewedSession()).toMatchObject({ state: 'active' })
    expect(renewals).toHaveLength(1)
    expect(renewals[0]?.headers.get('sb-forwarded-for')).toBe(VISITOR)
  })
})

describe('the cookie', () => {
  const carried = async (changes: Awaited<ReturnType<typeof resolveSession>>['changes']) =>
    readSessionCookie(
      NAME,
      changes.map(([name, value]) => ({ name, value })),
    )

  it('carries tokens alone', async () => {
    const { changes } = await resolveSession(cookiesOf(await aged(await signIn())), EARLY)
    expect(await carried(changes)).toMatchObject({ refresh_token: expect.any(String) })
    expect(await carried(changes)).not.toHaveProperty('user')
  })

  it('takes over a session that was set under the usual name', async () => {
    const signedIn = await signIn()
    for (const session of [signedIn, await aged(signedIn)]) {
      const { session: now, changes } = await resolveSession(cookiesOf(session, USUAL), EARLY)
      expect(now).toMatchObject({ state: 'active', claims: { userId: session.user.id } })
      expect(await carried(changes)).toMatchObject({ refresh_token: expect.any(String) })
      expect(changes).toContainEqual([`${USUAL}.0`, '', expect.objectContaining({ maxAge: 0 })])
    }
  })

  it('leaves that of another project alone', async () => {
    const session = { ...(await signIn()), access_token: 'signed.by.another' }
    expect(await resolveSession(cookiesOf(session, USUAL), EARLY)).toEqual({
      session: { state: 'none' },
      changes: [],
    })
  })
})

describe('a made-up cookie', () => {
  it('that is no session at all is taken away', async () => {
    const { session, changes } = await resolveSession(
      cookiesOf({ refresh_token: 'guess', expires_at: 1 }),
      EARLY,
    )
    expect(session).toEqual({ state: 'none' })
    expect(changes).toMatchObject([[`${NAME}.0`, '', { maxAge: 0 }]])
  })

  it('costs no renewal', async () => {
    const real = await aged(await signIn())
    const [header, payload, signature = ''] = real.access_token.split('.')
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
    const shared = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url')
    const tokens = [
      `${header}.${payload}.${signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`,
      `${unsigned}.${payload}.`,
      `${shared}.${payload}.${signature}`,
      'a.b.c',
      'token',
    ]
    for (const access_token of tokens) {
      const cookies = cookiesOf({ ...real, access_token })
      expect(await resolveSession(cookies, EARLY)).toEqual({ session: { state: 'none' }, changes: [] })
    }
    expect(renewals).toEqual([])
  })

  it('costs none on a public page that says it is due although its token is good', async () => {
    const cookies = cookiesOf({ ...(await signIn()), refresh_token: 'guess', expires_at: 1 })
    const { session } = await resolveSession(cookies, { renew: 'late', address: VISITOR })
    expect(session.state).toBe('active')
    expect(renewals).toEqual([])
  })
})

describe('the key that Auth is called with', () => {
  it('opens no data: an anonymous request reads what the publishable key does', async () => {
    const app = await createClient()
    for (const table of ['profiles', 'credits', 'payments', 'audit_logs', 'user_roles'] as const) {
      const { data, error } = await app.from(table).select('*').limit(1)
      const visitor = await api.visitor().from(table).select('*').limit(1)
      expect({ table, data, code: error?.code }).toEqual({
        table,
        data: visitor.data,
        code: visitor.error?.code,
      })
      expect(data ?? [], table).toEqual([])
    }
  })

  it('is out of reach of data, and signs in for the visitor', async () => {
    const email = newAddress()
    await api.service().auth.admin.createUser({ email, password: PASSWORD, email_confirm: true })
    const auth = await createAuthClient()
    expect(auth).not.toHaveProperty('from')
    expect(auth).not.toHaveProperty('rpc')
    const { data } = await auth.signInWithPassword({ email, password: PASSWORD })
    const id = data.user?.id ?? ''
    expect(await api.sql`select host(ip) as ip from auth.sessions where user_id = ${id}`).toEqual([
      { ip: VISITOR },
    ])
    expect(await renewedSession()).toMatchObject({ state: 'active', claims: { userId: id, email } })
    const { data: own } = await (await createClient()).from('profiles').select('id')
    expect(own).toEqual([{ id }])
  })
})
