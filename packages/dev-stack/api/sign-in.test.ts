import { decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newAddress, proofIn, SITE_URL, startTestApi, type TestApi } from './testing.ts'

const PASSWORD = 'correct horse'

describe('signing in', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi()
  })
  afterAll(() => api.stop())

  async function makePerson() {
    const email = newAddress()
    const { data } = await api.service().auth.admin.createUser({
      email,
      password: PASSWORD,
      email_confirm: true,
      user_metadata: { name: 'Ada' },
    })
    return { email, id: data.user?.id ?? '' }
  }

  async function signIn(email: string, password = PASSWORD) {
    const client = api.visitor()
    const { data, error } = await client.auth.signInWithPassword({ email, password })
    return { client, session: data.session, error }
  }

  it('lets the people of the seed in', async () => {
    expect((await signIn('user@example.test', 'user-password')).error).toBeNull()
    expect((await signIn('admin@example.test', 'admin-password')).error).toBeNull()
  })

  it('refuses a wrong password and an unknown address alike', async () => {
    const { email } = await makePerson()
    const wrong = await signIn(email, 'wrong')
    const unknown = await signIn(newAddress())
    expect(wrong.error).toMatchObject({ code: 'invalid_credentials', status: 400 })
    expect(unknown.error?.message).toBe(wrong.error?.message)
  })

  it('hands out tokens with the claims of hosted Supabase', async () => {
    const { email, id } = await makePerson()
    const { session } = await signIn(email)
    const token = session?.access_token ?? ''
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', kid: expect.any(String) })
    expect(await api.tokens.verify(token)).toMatchObject({
      iss: `${api.url}/auth/v1`,
      sub: id,
      aud: 'authenticated',
      role: 'authenticated',
      email,
      app_metadata: { provider: 'email', providers: ['email'] },
      user_metadata: { name: 'Ada' },
      aal: 'aal1',
      session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      is_anonymous: false,
    })
  })

  it('lets clients verify tokens by themselves, once they have the public key', async () => {
    const { email, id } = await makePerson()
    const { client } = await signIn(email)
    await client.auth.getClaims()
    const before = api.requests.length
    for (let turn = 0; turn < 5; turn += 1) {
      const { data } = await client.auth.getClaims()
      expect(data?.claims.sub).toBe(id)
    }
    expect(api.requests.slice(before)).toEqual([])
  })

  it('renews a session, rotating its refresh token', async () => {
    const { email, id } = await makePerson()
    const { client, session } = await signIn(email)
    const { data, error } = await client.auth.refreshSession()
    expect(error).toBeNull()
    expect(data.session?.refresh_token).not.toBe(session?.refresh_token)
    const [before, after] = await Promise.all(
      [session, data.session].map((each) => api.tokens.verify(each?.access_token ?? '')),
    )
    expect(after).toMatchObject({ sub: id, session_id: before?.session_id, user_metadata: { name: 'Ada' } })
    const unknown = await api.visitor().auth.refreshSession({ refresh_token: 'made-up' })
    expect(unknown.error).not.toBeNull()
  })

  it('renews a session for several callers at once, and all stay signed in', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { email } = await makePerson()
      const { session } = await signIn(email)
      const refresh_token = session?.refresh_token ?? ''
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => api.visitor().auth.refreshSession({ refresh_token })),
      )
      expect(answers.map(({ error }) => error)).toEqual([null, null, null, null, null])
      expect(new Set(answers.map(({ data }) => data.session?.refresh_token)).size).toBe(1)
    }
  })

  it('keeps banned people out, and takes them back', async () => {
    const { email, id } = await makePerson()
    const { client } = await signIn(email)
    const { admin } = api.service().auth
    expect((await admin.updateUserById(id, { ban_duration: '1h30m' })).error).toBeNull()
    expect((await signIn(email)).error).toMatchObject({ code: 'user_banned', status: 400 })
    expect((await client.auth.refreshSession()).error).toMatchObject({ code: 'user_banned' })
    await admin.updateUserById(id, { ban_duration: 'none' })
    expect((await signIn(email)).error).toBeNull()
  })

  it('believes a server with the secret key whom it signs in for, and nobody else', async () => {
    const headers = { 'Sb-Forwarded-For': '203.0.113.7, 10.0.0.1' }
    for (const [key, address] of [
      [api.keys.secretKey, '203.0.113.7'],
      [api.keys.publishableKey, '127.0.0.1'],
    ] as const) {
      const { email, id } = await makePerson()
      const client = api.connect(key, { global: { headers } })
      expect((await client.auth.signInWithPassword({ email, password: PASSWORD })).error).toBeNull()
      expect(await api.sql`select host(ip) as ip from auth.sessions where user_id = ${id}`).toEqual([
        { ip: address },
      ])
    }
  })

  it('ends a session: its refresh token is worth nothing any more, and the server knows', async () => {
    const { email } = await makePerson()
    const { client, session } = await signIn(email)
    expect((await client.auth.signOut()).error).toBeNull()
    const { error } = await api.visitor().auth.refreshSession({ refresh_token: session?.refresh_token ?? '' })
    expect(error).not.toBeNull()
    const seen = await api.visitor().auth.getUser(session?.access_token)
    expect(seen.error).toMatchObject({ name: 'AuthSessionMissingError' })
  })

  it('signs in by magic link', async () => {
    const { email, id } = await makePerson()
    const client = api.visitor()
    const options = { emailRedirectTo: `${SITE_URL}/buy-credits` }
    expect((await client.auth.signInWithOtp({ email, options })).error).toBeNull()
    const link = api.linkMailedTo(email)
    expect(link.searchParams.get('next')).toBe(`${SITE_URL}/buy-credits`)
    const { data } = await client.auth.verifyOtp(proofIn(link))
    expect(data.session?.user.id).toBe(id)
  })

  it('signs in by the code of a mail', async () => {
    const { email, id } = await makePerson()
    await api.visitor().auth.signInWithOtp({ email })
    // The template shows no code; a project may.
    const [row] = await api.sql<{ recovery_token: string }[]>`
      select recovery_token from auth.users where id = ${id}`
    expect(row?.recovery_token).toMatch(/^[0-9a-f]{64}$/)
    const wrong = await api.visitor().auth.verifyOtp({ email, token: '000000', type: 'email' })
    expect(wrong.error).toMatchObject({ code: 'otp_expired' })
  })

  it('sets a forgotten password anew, and ends every other session', async () => {
    const { email } = await makePerson()
    const elsewhere = await signIn(email)
    const client = api.visitor()
    expect((await client.auth.resetPasswordForEmail(email)).error).toBeNull()
    const link = api.linkMailedTo(email)
    expect(link.searchParams.get('type')).toBe('recovery')
    expect(link.searchParams.get('next')).toBe(SITE_URL)
    const proof = { token_hash: link.searchParams.get('token_hash') ?? '', type: 'recovery' as const }
    expect((await client.auth.verifyOtp(proof)).error).toBeNull()
    expect((await client.auth.updateUser({ password: 'short' })).error).toMatchObject({
      code: 'weak_password',
    })
    expect((await client.auth.updateUser({ password: 'a brand new one' })).error).toBeNull()
    expect((await signIn(email)).error).toMatchObject({ code: 'invalid_credentials' })
    expect((await signIn(email, 'a brand new one')).error).toBeNull()
    expect((await elsewhere.client.auth.refreshSession()).error).not.toBeNull()
    expect((await client.auth.refreshSession()).error).toBeNull()
  })

  it('leads from a forgotten password to an allowed page, and to no other', async () => {
    const { email } = await makePerson()
    const nextAfter = async (redirectTo: string) => {
      await api.visitor().auth.resetPasswordForEmail(email, { redirectTo })
      return api.linkMailedTo(email).searchParams.get('next')
    }
    expect(await nextAfter(`${SITE_URL}/settings?tab=password`)).toBe(`${SITE_URL}/settings?tab=password`)
    expect(await nextAfter('https://evil.example/')).toBe(SITE_URL)
  })

  it('says the same about a forgotten password whether or not there is an account', async () => {
    expect(await api.visitor().auth.resetPasswordForEmail(newAddress())).toEqual({ data: {}, error: null })
  })

  it('changes an address once both addresses have confirmed', async () => {
    const { email, id } = await makePerson()
    const { client } = await signIn(email)
    const next = newAddress()
    const { data } = await client.auth.updateUser({ email: next })
    expect(data.user).toMatchObject({ email, new_email: next })
    const proofs = [email, next].map((address) => ({
      token_hash: api.linkMailedTo(address).searchParams.get('token_hash') ?? '',
      type: 'email_change' as const,
    }))
    const [first = proofs[0], second = proofs[1]] = proofs
    if (!first || !second) throw new Error('Both addresses get a mail.')
    const half = await api.visitor().auth.verifyOtp(first)
    expect(half.error).toBeNull()
    expect(half.data.session).toBeNull()
    expect((await api.visitor().auth.verifyOtp(first)).error).toMatchObject({ code: 'otp_expired' })
    expect((await signIn(email)).error).toBeNull()
    const whole = await api.visitor().auth.verifyOtp(second)
    expect(whole.data.session?.user).toMatchObject({ id, email: next })
    expect((await signIn(next)).error).toBeNull()
    const [profile] = await api.sql`select email from public.profiles where id = ${id}`
    expect(profile).toEqual({ email: next })
  })

  it('keeps a change of metadata', async () => {
    const { email } = await makePerson()
    const { client } = await signIn(email)
    await client.auth.updateUser({ data: { name: 'Grace', color: 'green' } })
    const { data } = await client.auth.getUser()
    expect(data.user?.user_metadata).toMatchObject({ name: 'Grace', color: 'green' })
  })
})
