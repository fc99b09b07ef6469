import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newAddress, SITE_URL, startTestApi, type TestApi } from './testing.ts'

const PASSWORD = 'correct horse'

describe('links that the server asks for, instead of a mail', () => {
  let api: TestApi
  let admin: ReturnType<TestApi['service']>['auth']['admin']
  beforeAll(async () => {
    api = await startTestApi()
    admin = api.service().auth.admin
  })
  afterAll(() => api.stop())

  async function newUser(): Promise<string> {
    const email = newAddress()
    await admin.createUser({ email, password: PASSWORD, email_confirm: true })
    return email
  }

  it('sign up a stranger, with metadata, and lead to an allowed page', async () => {
    const email = newAddress()
    const redirectTo = `${SITE_URL}/welcome`
    const { data, error } = await admin.generateLink({
      type: 'signup',
      email,
      password: PASSWORD,
      options: { data: { name: 'Grace' }, redirectTo },
    })
    expect(error).toBeNull()
    expect(data.user).toMatchObject({ email, user_metadata: { name: 'Grace' } })
    expect(data.properties).toMatchObject({
      verification_type: 'signup',
      redirect_to: redirectTo,
      email_otp: expect.stringMatching(/^\d+$/),
    })
    const followed = await fetch(data.properties?.action_link ?? '', { redirect: 'manual' })
    expect(followed.headers.get('location')).toMatch(/^http:\/\/localhost:3000\/welcome#access_token=/)
    expect(api.mailbox.messages().filter(({ to }) => to === email)).toEqual([])
    const { data: confirmed } = await admin.getUserById(data.user?.id ?? '')
    expect(confirmed.user?.email_confirmed_at).toBeTruthy()
  })

  it.each(['magiclink', 'recovery'] as const)('sign in who has an account: %s', async (type) => {
    const email = await newUser()
    const { data } = await admin.generateLink({
      type,
      email,
      options: { redirectTo: 'https://evil.example' },
    })
    expect(data.properties).toMatchObject({ verification_type: type, redirect_to: SITE_URL })
    const token_hash = data.properties?.hashed_token ?? ''
    const client = api.visitor()
    expect((await client.auth.verifyOtp({ token_hash, type })).data.user?.email).toBe(email)
    expect((await client.auth.verifyOtp({ token_hash, type })).error?.code).toBe('otp_expired')
  })

  it('make a sign-up of a magic link for a stranger, whose code works as well', async () => {
    const email = newAddress()
    const { data } = await admin.generateLink({ type: 'magiclink', email })
    expect(data.properties?.verification_type).toBe('signup')
    const token = data.properties?.email_otp ?? ''
    expect((await api.visitor().auth.verifyOtp({ email, token, type: 'email' })).error).toBeNull()
  })

  it('invite, once: who has confirmed is there already', async () => {
    const email = newAddress()
    const { data } = await admin.generateLink({ type: 'invite', email })
    expect(data.user?.invited_at).toBeTruthy()
    const token_hash = data.properties?.hashed_token ?? ''
    expect((await api.visitor().auth.verifyOtp({ token_hash, type: 'invite' })).error).toBeNull()
    expect((await admin.generateLink({ type: 'invite', email })).error).toMatchObject({
      code: 'email_exists',
    })
  })

  it('change an address once both are confirmed', async () => {
    const [email, newEmail] = [await newUser(), newAddress()]
    const client = api.visitor()
    for (const type of ['email_change_current', 'email_change_new'] as const) {
      const { data } = await admin.generateLink({ type, email, newEmail })
      const token_hash = data.properties?.hashed_token ?? ''
      // Made before the first is redeemed, or the address would have one link alone to ask for.
      if (type === 'email_change_current') {
        await admin.generateLink({ type: 'email_change_new', email, newEmail })
      }
      expect((await client.auth.verifyOtp({ token_hash, type: 'email_change' })).error).toBeNull()
    }
    expect((await client.auth.getUser()).data.user?.email).toBe(newEmail)
  })

  it('are refused for strangers, taken addresses, and callers without the secret key', async () => {
    const email = newAddress()
    expect((await admin.generateLink({ type: 'recovery', email })).error).toMatchObject({
      code: 'user_not_found',
    })
    const taken = await admin.generateLink({
      type: 'email_change_new',
      email: await newUser(),
      newEmail: await newUser(),
    })
    expect(taken.error).toMatchObject({ code: 'email_exists' })
    const visitor = await api.visitor().auth.admin.generateLink({ type: 'magiclink', email })
    expect(visitor.error).toMatchObject({ code: 'not_admin', status: 403 })
  })

  it('leave the metadata of a new user as the server gives it', async () => {
    const user_metadata = { name: 'Ada', nested: { list: [1, null, 'x'], text: '{"a": 1}' } }
    const app_metadata = { plan: 'pro' }
    const { data } = await admin.createUser({ email: newAddress(), user_metadata, app_metadata })
    expect(data.user?.user_metadata).toEqual(user_metadata)
    expect(data.user?.app_metadata).toEqual({ provider: 'email', providers: ['email'], ...app_metadata })
    const shown = await admin.getUserById(data.user?.id ?? '')
    expect(shown.data.user?.user_metadata).toEqual(user_metadata)
  })
})
