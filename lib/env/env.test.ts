import { describe, expect, it, vi } from 'vitest'
import { EnvironmentError, parseEnvironment } from './'
import { defaultMailFrom } from './mail-sender'

// As before anybody chose a sender.
vi.mock('@/lib/brand', () => ({ brand: { name: 'Acme', mailAddress: 'no-reply@example.test' } }))

const complete = {
  NEXT_PUBLIC_SUPABASE_URL: 'https://project.supabase.co',
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_abc',
  SUPABASE_SECRET_KEY: 'sb_secret_abc',
  // #region payments
  DODO_PAYMENTS_API_KEY: 'key',
  DODO_PAYMENTS_WEBHOOK_KEY: 'whsec_c2VjcmV0',
  // #endregion
}

function problemsOf(variables: Record<string, string | undefined>) {
  try {
    parseEnvironment(variables)
    return []
  } catch (error) {
    return error instanceof EnvironmentError ? error.problems : [String(error)]
  }
}

describe('the environment', () => {
  it('is complete with the variables that are required', () => {
    expect(parseEnvironment(complete)).toMatchObject({
      ...complete,
      APP_URL: 'http://localhost:3000',
      // #region payments
      DODO_PAYMENTS_ENVIRONMENT: 'test_mode',
      // #endregion
      AUTH_GITHUB_ENABLED: false,
      AUTH_GOOGLE_ENABLED: false,
    })
  })

  it.each(Object.keys(complete))('names %s once, and why it is needed, when it is missing', (name) => {
    const expected = [expect.stringMatching(new RegExp(`^${name} is missing: .+\\.$`))]
    expect(problemsOf({ ...complete, [name]: undefined })).toEqual(expected)
    expect(problemsOf({ ...complete, [name]: '  ' })).toEqual(expected)
  })

  it.each([
    ['NEXT_PUBLIC_SUPABASE_URL', 'project.supabase.co', /full URL/],
    ['NEXT_PUBLIC_SUPABASE_URL', 'ftp://project.supabase.co', /full URL/],
    ['NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY', 'sb_secret_abc', /every visitor/],
    ['NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY', 'abc', /sb_publishable_/],
    ['SUPABASE_SECRET_KEY', 'sb_publishable_abc', /sb_secret_/],
    // #region payments
    ['DODO_PAYMENTS_WEBHOOK_KEY', 'not base64!', /signing secret/],
    ['DODO_PAYMENTS_ENVIRONMENT', 'production', /test_mode or live_mode/],
    ['DODO_PAYMENTS_BASE_URL', 'localhost', /full URL/],
    // #endregion
    ['APP_URL', 'your-app.com', /full URL/],
    ['AUTH_GITHUB_ENABLED', 'yes', /true or false/],
    ['LIVE_MODE', 'loud', /changes or broadcast/],
    ['LOG_LEVEL', 'loud', /debug, info, warn or error/],
    ['SMTP_URL', 'smtp.example.com:587', /smtp:\/\/user:password@host:587/],
    ['MAIL_FROM', 'Your app', /an address/],
  ])('names %s once when it holds %j', (name, value, why) => {
    const problems = problemsOf({ ...complete, [name]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name} `))
    expect(problems[0]).toMatch(why)
  })

  // #region payments
  const { DODO_PAYMENTS_API_KEY: _, DODO_PAYMENTS_WEBHOOK_KEY: __, ...withoutDodo } = complete
  const stripe = { STRIPE_SECRET_KEY: 'sk_test_abc', STRIPE_WEBHOOK_SECRET: 'whsec_abc' }

  it('is complete with the keys of Stripe instead of those of DodoPayments', () => {
    expect(problemsOf({ ...withoutDodo, ...stripe })).toEqual([])
    expect(problemsOf({ ...withoutDodo, ...stripe, STRIPE_WEBHOOK_SECRET: 'whsec_new, whsec_old' })).toEqual(
      [],
    )
  })

  it('asks which provider gets new checkouts once both have keys, and for its keys once it is chosen', () => {
    const both = { ...complete, ...stripe }
    expect(problemsOf(both)).toEqual([expect.stringMatching(/^PAYMENT_PROVIDER is missing: .+ both set/)])
    for (const chosen of ['stripe', 'dodopayments'])
      expect(problemsOf({ ...both, PAYMENT_PROVIDER: chosen })).toEqual([])
    expect(problemsOf({ ...complete, PAYMENT_PROVIDER: 'stripe' })).toEqual([
      expect.stringMatching(/^STRIPE_SECRET_KEY is missing: /),
      expect.stringMatching(/^STRIPE_WEBHOOK_SECRET is missing: /),
    ])
    expect(problemsOf({ ...both, PAYMENT_PROVIDER: 'paypal' })).toEqual([
      expect.stringMatching(/^PAYMENT_PROVIDER must be dodopayments or stripe/),
    ])
  })

  it.each([
    ['STRIPE_SECRET_KEY', 'pk_test_abc', /sk_ or rk_/],
    ['STRIPE_WEBHOOK_SECRET', 'secret', /signing secret/],
    ['STRIPE_BASE_URL', 'localhost', /full URL/],
  ])('names %s once when it holds %j', (name, value, why) => {
    const problems = problemsOf({ ...withoutDodo, ...stripe, [name]: value })
    expect(problems).toEqual([expect.stringMatching(why)])
  })

  it('takes two webhook keys while one replaces the other', () => {
    const rotating = { ...complete, DODO_PAYMENTS_WEBHOOK_KEY: 'whsec_bmV3, whsec_b2xk' }
    expect(problemsOf(rotating)).toEqual([])
  })
  // #endregion

  it('takes a mail server together with an address that mails come from', () => {
    const mailing = { ...complete, SMTP_URL: 'smtp://user:pass@smtp.example.com:587' }
    expect(problemsOf(mailing)).toEqual([expect.stringMatching(/^MAIL_FROM is missing: .+\.$/)])
    expect(problemsOf({ ...mailing, MAIL_FROM: 'Your app <hello@example.com>' })).toEqual([])
  })

  it('sends mails from the address of the brand once that is a real one', () => {
    const sender = (mailAddress: string) => defaultMailFrom({ name: 'Acme', mailAddress })
    expect(sender('hello@acme.com')).toBe('Acme <hello@acme.com>')
    expect(sender('hello@example.community')).toBe('Acme <hello@example.community>')
    for (const reserved of ['a@example.test', 'a@example.com', 'a@mail.example.org', 'a@localhost'])
      expect(sender(reserved)).toBeUndefined()
  })

  it('never repeats a value, which may be a secret', () => {
    const problems = problemsOf({ ...complete, SUPABASE_SECRET_KEY: 'hunter2' })
    expect(problems.join()).not.toContain('hunter2')
  })

  it('lists every problem at once', () => {
    expect(problemsOf({})).toHaveLength(Object.keys(complete).length)
  })

  it('takes the address of the app from Vercel unless it is given', () => {
    const onVercel = {
      ...complete,
      VERCEL_PROJECT_PRODUCTION_URL: 'balance.app',
      VERCEL_URL: 'balance-1.vercel.app',
    }
    expect(parseEnvironment({ ...onVercel, VERCEL_ENV: 'production' }).APP_URL).toBe('https://balance.app')
    const preview = { ...onVercel, VERCEL_ENV: 'preview' }
    expect(parseEnvironment(preview).APP_URL).toBe('https://balance-1.vercel.app')
    expect(parseEnvironment({ ...preview, VERCEL_BRANCH_URL: 'balance-git-next.vercel.app' }).APP_URL).toBe(
      'https://balance-git-next.vercel.app',
    )
    expect(parseEnvironment({ ...onVercel, APP_URL: 'https://own.example/' }).APP_URL).toBe(
      'https://own.example',
    )
  })
})
