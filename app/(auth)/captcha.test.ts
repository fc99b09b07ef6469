import { beforeEach, expect, it, vi } from 'vitest'
import { resendMail } from '@/lib/auth/resend-mail'
import { signIn } from './login/actions'
import { signUp } from './signup/actions'

/** What was sent to Auth, by path, and with which key. */
const sent = new Map<string, { body: unknown; key: string | null }>()

const { environment } = vi.hoisted(() => ({
  environment: {
    APP_URL: 'https://balance.app',
    NEXT_PUBLIC_SUPABASE_URL: 'https://auth.test',
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
    SUPABASE_SECRET_KEY: 'sb_secret_x',
    TRUSTED_PROXY_HOPS: 1,
    AUTH_CAPTCHA_ENABLED: true,
  },
}))

vi.mock('@/lib/env', () => ({ env: () => environment }))
vi.mock('@/lib/auth/answer-evenly', () => ({ answerEvenly: (work: () => unknown) => work() }))
vi.mock('next/headers', () => ({
  cookies: async () => ({ getAll: () => [], set: () => {} }),
  headers: async () => new Headers({ 'x-forwarded-for': '203.0.113.7' }),
}))

beforeEach(() => {
  sent.clear()
  vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
    // The allowance of the address is asked of the database.
    if (input.includes('/rpc/')) return Response.json({ ok: true })
    const key = new Headers(init.headers).get('apikey')
    sent.set(new URL(input).pathname, { body: JSON.parse(String(init.body)), key })
    return Response.json({ error_code: 'captcha_failed', msg: 'captcha protection' }, { status: 400 })
  })
})

const FORMS = [
  ['signing up', signUp, {}, '/auth/v1/signup'],
  ['signing in', signIn, { method: 'password', password: 'a password' }, '/auth/v1/token'],
  ['asking for a sign-in link', signIn, { method: 'link' }, '/auth/v1/otp'],
  ['asking for a confirmation again', resendMail, { kind: 'signup' }, '/auth/v1/resend'],
  ['forgetting a password', resendMail, { kind: 'recovery' }, '/auth/v1/recover'],
] as const

it.each(FORMS)(
  '%s hands the captcha on to Auth, and never back to the form',
  async (_what, act, fields, path) => {
    const data = new FormData()
    const input = { email: 'ada@example.com', captchaToken: 'from the widget', ...fields }
    for (const [name, value] of Object.entries(input)) data.set(name, value)
    const state = await act({}, data)
    expect(sent.get(path)).toMatchObject({
      body: { gotrue_meta_security: { captcha_token: 'from the widget' } },
      // Auth lets the secret key pass without one.
      key: 'sb_publishable_x',
    })
    expect(state.message).toMatch(/you are a person/)
    expect(JSON.stringify(state)).not.toContain('from the widget')
  },
)
