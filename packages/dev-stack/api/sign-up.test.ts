import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newAddress, proofIn, SITE_URL, startTestApi, type TestApi } from './testing.ts'

const PASSWORD = 'correct horse'

describe('signing up', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi()
  })
  afterAll(() => api.stop())

  async function signUp(email = newAddress(), options = {}) {
    const { data, error } = await api.visitor().auth.signUp({ email, password: PASSWORD, options })
    return { email, user: data.user, session: data.session, error }
  }

  async function balanceOf(email: string): Promise<number | undefined> {
    const [row] = await api.sql<{ balance: string }[]>`
      select balance from public.credits join auth.users on id = user_id where email = ${email}`
    return row && Number(row.balance)
  }

  it('waits for the address to be confirmed, then signs in and grants the free credits', async () => {
    const { email, user, session } = await signUp(undefined, { data: { name: 'Ada' } })
    expect(session).toBeNull()
    expect(user).toMatchObject({ email, user_metadata: { name: 'Ada' } })
    expect(user?.email_confirmed_at).toBeUndefined()
    expect(await balanceOf(email)).toBe(0)

    const early = await api.visitor().auth.signInWithPassword({ email, password: PASSWORD })
    expect(early.error).toMatchObject({ code: 'email_not_confirmed', status: 400 })

    const client = api.visitor()
    const { data, error } = await client.auth.verifyOtp(proofIn(api.linkMailedTo(email)))
    expect(error).toBeNull()
    expect(data.session?.user).toMatchObject({ id: user?.id, user_metadata: { email_verified: true } })
    expect(data.user?.email_confirmed_at).toMatch(/^\d{4}-\d\d-\d\dT/)
    expect(await balanceOf(email)).toBe(100)
    expect(await client.from('credits').select('balance').single()).toMatchObject({ data: { balance: 100 } })
  })

  it('tells a wrong password from an unconfirmed address only to who knows the password', async () => {
    const { email } = await signUp()
    const { error } = await api.visitor().auth.signInWithPassword({ email, password: 'not the one' })
    expect(error).toMatchObject({ code: 'invalid_credentials' })
  })

  it('redeems a link once, and the code in its stead', async () => {
    const { email } = await signUp()
    const proof = proofIn(api.linkMailedTo(email))
    expect((await api.visitor().auth.verifyOtp(proof)).error).toBeNull()
    expect((await api.visitor().auth.verifyOtp(proof)).error).toMatchObject({ code: 'otp_expired' })
  })

  it('refuses a link of another kind, an unknown one and one that is too old', async () => {
    const { email } = await signUp()
    const { token_hash } = proofIn(api.linkMailedTo(email))
    const verify = (hash: string, type: 'recovery' | 'email') =>
      api.visitor().auth.verifyOtp({ token_hash: hash, type })
    expect((await verify(token_hash, 'recovery')).error).toMatchObject({ code: 'otp_expired', status: 403 })
    expect((await verify('0'.repeat(64), 'email')).error).toMatchObject({ code: 'otp_expired' })
    await api.sql`update auth.users set confirmation_sent_at = now() - interval '61 minutes' where email = ${email}`
    expect((await verify(token_hash, 'email')).error).toMatchObject({ code: 'otp_expired' })
  })

  it('does not tell a stranger that an address has an account, and changes nothing', async () => {
    const { data, error } = await api
      .visitor()
      .auth.signUp({ email: 'user@example.test', password: 'a new password' })
    expect(error).toBeNull()
    expect(data.user).toMatchObject({ email: 'user@example.test', identities: [] })
    const [{ id } = { id: '' }] = await api.sql<{ id: string }[]>`
      select id from auth.users where email = 'user@example.test'`
    expect(data.user?.id).not.toBe(id)
    expect(() => api.linkMailedTo('user@example.test')).toThrow()
  })

  it('mails a new link to who signs up again before confirming', async () => {
    const { email, user } = await signUp()
    const first = proofIn(api.linkMailedTo(email))
    const again = await api.visitor().auth.signUp({ email, password: 'somebody else?' })
    expect(again.data.user?.id).toBe(user?.id)
    expect((await api.visitor().auth.verifyOtp(first)).error).toMatchObject({ code: 'otp_expired' })
    expect((await api.visitor().auth.verifyOtp(proofIn(api.linkMailedTo(email)))).error).toBeNull()
  })

  it('leaves no password that was set before the address was proved', async () => {
    const { email } = await signUp()
    await api.visitor().auth.signUp({ email, password: 'somebody else?' })
    const owner = api.visitor()
    expect((await owner.auth.verifyOtp(proofIn(api.linkMailedTo(email)))).error).toBeNull()
    const signIn = (password: string) => api.visitor().auth.signInWithPassword({ email, password })
    for (const password of [PASSWORD, 'somebody else?', '']) {
      expect((await signIn(password)).error, password).not.toBeNull()
    }
    expect((await owner.auth.updateUser({ password: 'the owner chose it' })).error).toBeNull()
    expect((await signIn(PASSWORD)).error).toMatchObject({ code: 'invalid_credentials' })
    expect((await signIn('the owner chose it')).error).toBeNull()
  })

  it('makes one account of simultaneous sign-ups', async () => {
    const email = newAddress()
    const answers = await Promise.all(Array.from({ length: 5 }, () => signUp(email)))
    expect(answers.map((answer) => answer.error)).toEqual(Array(5).fill(null))
    const [count] = await api.sql`select count(*)::int as users from auth.users where email = ${email}`
    expect(count).toEqual({ users: 1 })
  })

  it('sends the link again when asked, and says nothing about strangers', async () => {
    const { email } = await signUp()
    const first = proofIn(api.linkMailedTo(email))
    expect((await api.visitor().auth.resend({ type: 'signup', email })).error).toBeNull()
    const second = proofIn(api.linkMailedTo(email))
    expect(second.token_hash).not.toBe(first.token_hash)
    expect((await api.visitor().auth.resend({ type: 'signup', email: newAddress() })).error).toBeNull()
    expect((await api.visitor().auth.verifyOtp(second)).error).toBeNull()
  })

  it('leads back to pages of the site, and of nobody else', async () => {
    const { email } = await signUp(undefined, { emailRedirectTo: `${SITE_URL}/dashboard?from=mail` })
    expect(api.linkMailedTo(email).searchParams.get('next')).toBe(`${SITE_URL}/dashboard?from=mail`)
    const other = await signUp(undefined, { emailRedirectTo: 'https://evil.example/dashboard' })
    expect(api.linkMailedTo(other.email).searchParams.get('next')).toBe(SITE_URL)
  })

  it.each([
    ['a short password', { email: 'a@example.com', password: 'short' }, 'weak_password', 422],
    ['no address', { email: 'nonsense', password: PASSWORD }, 'validation_failed', 400],
  ])('refuses %s', async (_, credentials, code, status) => {
    const { error } = await api.visitor().auth.signUp(credentials)
    expect(error).toMatchObject({ code, status })
  })

  it('asks a stranger who wants a magic link to confirm first, and creates nobody when told so', async () => {
    const email = newAddress()
    const client = api.visitor()
    const refused = await client.auth.signInWithOtp({ email, options: { shouldCreateUser: false } })
    expect(refused.error).toMatchObject({ code: 'otp_disabled' })
    expect((await client.auth.signInWithOtp({ email })).error).toBeNull()
    expect(await balanceOf(email)).toBe(0)
    const { data } = await client.auth.verifyOtp(proofIn(api.linkMailedTo(email)))
    expect(data.user?.email).toBe(email)
    expect(await balanceOf(email)).toBe(100)
  })
})
