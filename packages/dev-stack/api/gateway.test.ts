import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newAddress, proofIn, SITE_URL, startTestApi, type TestApi } from './testing.ts'

const PASSWORD = 'correct horse'

describe('the gateway and the admin API', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi()
  })
  afterAll(() => api.stop())

  const send = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    fetch(`${api.url}${path}`, { ...init, headers })

  it.each(['/rest/v1/credit_packages', '/auth/v1/settings'])(
    'asks for a valid API key at %s',
    async (path) => {
      expect((await send(path)).status).toBe(401)
      expect((await send(path, { apikey: 'sb_publishable_wrong' })).status).toBe(401)
      expect((await send(path, { apikey: api.keys.publishableKey })).status).toBe(200)
    },
  )

  it('refuses the secret key in a browser', async () => {
    const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36' }
    const secret = await send('/rest/v1/credits', { apikey: api.keys.secretKey, ...browser })
    expect(secret.status).toBe(401)
    const published = await send('/rest/v1/credit_packages', { apikey: api.keys.publishableKey, ...browser })
    expect(published.status).toBe(200)
  })

  it('refuses forged and expired tokens', async () => {
    const now = Math.floor(Date.now() / 1000)
    const sub = 'a0000000-0000-4000-8000-000000000002'
    const expired = await api.tokens.sign({ sub, role: 'authenticated', iat: now - 20, exp: now - 10 })
    const forged = `${expired.slice(0, -4)}AAAA`
    const withToken = (path: string, token: string) =>
      send(path, { apikey: api.keys.publishableKey, authorization: `Bearer ${token}` })
    const late = await withToken('/rest/v1/credits', expired)
    expect(late.status).toBe(401)
    expect(await late.json()).toMatchObject({ code: 'PGRST303' })
    expect((await withToken('/rest/v1/credits', forged)).status).toBe(401)
    expect((await withToken('/auth/v1/user', forged)).status).toBe(403)
  })

  it.each([
    ['/auth/v1/signup', '{"email": '],
    ['/auth/v1/signup', '[]'],
    ['/auth/v1/signup', '{"email": 1, "password": []}'],
    ['/auth/v1/token?grant_type=password', 'null'],
    ['/auth/v1/token?grant_type=refresh_token', '{"refresh_token": 1}'],
    ['/auth/v1/recover', '{"email": {}}'],
    ['/auth/v1/verify', '{"type": "email"}'],
    ['/auth/v1/verify', '{"type": "other", "token_hash": "x"}'],
    ['/rest/v1/rpc/add_credits', '{"p_user_id": '],
  ])('refuses nonsense at %s: %s', async (path, body) => {
    const headers = { apikey: api.keys.publishableKey, 'content-type': 'application/json' }
    expect((await send(path, headers, { method: 'POST', body })).status).toBe(400)
  })

  it('answers browsers of any origin', async () => {
    const asked = await send(
      '/rest/v1/credits',
      {
        origin: SITE_URL,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'apikey',
      },
      { method: 'OPTIONS' },
    )
    expect(asked.status).toBe(204)
    expect(asked.headers.get('access-control-allow-headers')).toBe('apikey')
    const answered = await send('/auth/v1/health', { apikey: api.keys.publishableKey, origin: SITE_URL })
    expect(answered.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('publishes the public key alone', async () => {
    const jwks = await (await send('/auth/v1/.well-known/jwks.json')).json()
    expect(jwks).toEqual(api.tokens.jwks)
    expect(JSON.stringify(jwks)).not.toContain('"d"')
  })

  it('lets the secret key manage users, and nobody else', async () => {
    const { admin } = api.service().auth
    const email = newAddress()
    const made = await admin.createUser({ email, password: PASSWORD, app_metadata: { plan: 'a', old: 1 } })
    expect(made.error).toBeNull()
    const id = made.data.user?.id ?? ''
    expect(made.data.user).toMatchObject({ email, app_metadata: { provider: 'email', plan: 'a' } })
    expect((await api.visitor().auth.signInWithPassword({ email, password: PASSWORD })).error).toMatchObject({
      code: 'email_not_confirmed',
    })

    const changed = await admin.updateUserById(id, {
      password: 'another one',
      email_confirm: true,
      app_metadata: { plan: 'b', old: null },
    })
    expect(changed.data.user?.app_metadata).toEqual({ provider: 'email', providers: ['email'], plan: 'b' })
    const signedIn = api.visitor()
    expect((await signedIn.auth.signInWithPassword({ email, password: 'another one' })).error).toBeNull()

    expect((await admin.getUserById(id)).data.user?.email).toBe(email)
    const { data } = await admin.listUsers({ page: 1, perPage: 2 })
    expect(data.users.map((user) => user.email)).toContain(email)
    expect(data).toMatchObject({ total: 3, nextPage: 2, lastPage: 2 })

    expect((await admin.createUser({ email })).error).toMatchObject({ code: 'email_exists', status: 422 })
    expect((await admin.getUserById(crypto.randomUUID())).error).toMatchObject({ code: 'user_not_found' })
    expect((await signedIn.auth.admin.listUsers()).error).toMatchObject({ code: 'not_admin', status: 403 })
    expect((await signedIn.auth.admin.deleteUser(id)).error).toMatchObject({ code: 'not_admin' })
  })

  it('deletes a user who owns nothing that must be kept', async () => {
    const { admin } = api.service().auth
    const { data } = await admin.createUser({ email: newAddress() })
    const id = data.user?.id ?? ''
    expect((await admin.deleteUser(id)).error).toBeNull()
    expect((await admin.getUserById(id)).error).toMatchObject({ code: 'user_not_found' })
    const kept = await admin.deleteUser('a0000000-0000-4000-8000-000000000002')
    expect(kept.error).toMatchObject({ status: 500, message: expect.stringContaining('Database error') })
  })

  it('invites by mail', async () => {
    const email = newAddress()
    const { data, error } = await api
      .service()
      .auth.admin.inviteUserByEmail(email, { data: { name: 'Grace' } })
    expect(error).toBeNull()
    expect(data.user).toMatchObject({ email, user_metadata: { name: 'Grace' } })
    const link = api.linkMailedTo(email)
    expect(link.searchParams.get('type')).toBe('invite')
    const client = api.visitor()
    const { token_hash } = proofIn(link)
    expect((await client.auth.verifyOtp({ token_hash, type: 'invite' })).data.user?.email).toBe(email)
  })

  it('signs in by a link to the gateway itself, with the session in the fragment', async () => {
    const email = newAddress()
    await api.visitor().auth.signUp({ email, password: PASSWORD })
    const { token_hash } = proofIn(api.linkMailedTo(email))
    const query = new URLSearchParams({
      token: token_hash,
      type: 'signup',
      redirect_to: `${SITE_URL}/dashboard`,
    })
    const follow = () => send(`/auth/v1/verify?${query}`, {}, { redirect: 'manual' })
    const target = new URL((await follow()).headers.get('location') ?? '')
    expect(target.origin + target.pathname).toBe(`${SITE_URL}/dashboard`)
    const token = new URLSearchParams(target.hash.slice(1)).get('access_token') ?? ''
    expect(await api.tokens.verify(token)).toMatchObject({ email })
    const again = new URL((await follow()).headers.get('location') ?? '')
    expect(new URLSearchParams(again.hash.slice(1)).get('error_code')).toBe('otp_expired')
  })

  it('has granted nothing to anybody in all this', async () => {
    expect(api.declaredPrivileges.length).toBeGreaterThan(50)
    expect(await api.readPrivileges()).toEqual(api.declaredPrivileges)
  })
})
