import type { AuthError } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newAddress, startTestApi, type TestApi } from './testing.ts'

const phone = '+15550001'
const id = 'a0000000-0000-4000-8000-000000000002'

describe('what only hosted Auth has', () => {
  let api: TestApi
  let user: ReturnType<TestApi['visitor']>
  beforeAll(async () => {
    api = await startTestApi()
    user = api.visitor()
    await user.auth.signInWithPassword({ email: 'user@example.test', password: 'user-password' })
  })
  afterAll(() => api.stop())

  const ask = (method: string, path: string, body?: object) =>
    fetch(`${api.url}/auth/v1${path}`, {
      method,
      headers: { apikey: api.keys.publishableKey, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    })

  it.each([
    ['GET', '/factors'],
    ['POST', '/factors'],
    ['POST', `/factors/${id}/challenge`],
    ['POST', '/passkeys/authentication/options'],
    ['GET', '/passkeys'],
    ['POST', '/sso'],
    ['POST', '/oauth/token'],
    ['GET', '/oauth/authorize?client_id=x'],
    ['GET', '/.well-known/oauth-authorization-server'],
    ['GET', '/user/identities/authorize?provider=github'],
    ['DELETE', `/user/identities/${id}`],
    ['GET', '/user/oauth/grants'],
    ['GET', '/reauthenticate'],
    ['GET', `/admin/users/${id}/factors`],
    ['GET', '/admin/sso/providers'],
    ['GET', '/admin/oauth/clients'],
    ['GET', '/admin/custom-providers'],
    ['GET', '/admin/audit'],
    ['GET', '/scim/v2/Users'],
    ['GET', '/nowhere'],
    ['POST', '/signup', {}],
    ['POST', '/signup', { phone, password: 'correct horse' }],
    ['POST', '/otp', { phone }],
    ['POST', '/resend', { type: 'sms', phone }],
    ['POST', '/verify', { type: 'sms', phone, token: '123456' }],
    ['POST', '/token?grant_type=password', { phone, password: 'correct horse' }],
    ['POST', '/token?grant_type=web3', { chain: 'solana', message: 'a', signature: 'b' }],
    ['POST', '/token?grant_type=id_token', { provider: 'google', id_token: 'x' }],
    ['POST', '/token?grant_type=pkce', { auth_code: 'x', code_verifier: 'y' }],
  ])('%s %s says that it is not embedded: %o', async (method, path, body?: object) => {
    const response = await ask(method, path, body)
    expect(response.status).toBe(422)
    expect(await response.json()).toEqual({
      code: 422,
      error_code: 'feature_not_embedded',
      msg: expect.stringMatching(/ is not in the embedded stack\.$/),
    })
  })

  it('is said to browsers that hold no key, too', async () => {
    for (const path of ['/sso/saml/metadata', '/oauth/authorize'])
      expect((await fetch(`${api.url}/auth/v1${path}`)).status).toBe(422)
  })

  it('is an error of the client like any other', async () => {
    const failures: { error: AuthError | null }[] = [
      await user.auth.signInAnonymously(),
      await user.auth.signInWithOtp({ phone }),
      await user.auth.mfa.enroll({ factorType: 'totp' }),
      await user.auth.reauthenticate(),
      await user.auth.updateUser({ phone }),
      await user.auth.linkIdentity({ provider: 'github' }),
      await user.auth.signInWithSSO({ domain: 'example.com' }),
    ]
    for (const { error } of failures) {
      expect(error).toMatchObject({
        name: 'AuthApiError',
        code: 'feature_not_embedded',
        message: expect.stringContaining('not in the embedded stack'),
      })
    }
  })

  it.each([
    ['GET', '/signup'],
    ['DELETE', '/otp'],
    ['GET', '/recover'],
    ['GET', '/logout'],
    ['PATCH', '/user'],
    ['POST', '/settings'],
  ])('%s %s is refused for its method alone', async (method, path) => {
    const response = await ask(method, path)
    expect(response.status).toBe(405)
    expect(await response.json()).toMatchObject({ code: 405, error_code: 'method_not_allowed' })
  })

  it('leaves what is served as it was', async () => {
    expect((await user.auth.getUser()).data.user?.email).toBe('user@example.test')
    for (const path of [
      '/settings',
      '/health',
      '/.well-known/jwks.json',
      '/.well-known/openid-configuration',
    ])
      expect((await ask('GET', path)).status).toBe(200)
    expect((await ask('POST', '/recover', { email: newAddress() })).status).toBe(200)
    expect((await ask('GET', '/authorize?provider=nobody')).status).toBe(400)
    expect((await user.auth.signOut()).error).toBeNull()
  })
})
