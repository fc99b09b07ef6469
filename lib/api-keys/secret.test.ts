import { expect, it } from 'vitest'
import { createSecret, hashSecret, isSecret } from './secret'

it('makes secrets that are told from any other text, and never twice the same', () => {
  const made = Array.from({ length: 100 }, createSecret)
  expect(new Set(made.map(({ secret }) => secret)).size).toBe(100)
  for (const { secret, prefix, hash } of made) {
    expect(isSecret(secret)).toBe(true)
    expect(secret.startsWith(prefix)).toBe(true)
    expect(hash).toBe(hashSecret(secret))
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
  }
})

it.each(['', 'lb_', 'lb_short', 'sk_live_0123456789', `lb_${'0'.repeat(38)}`])(
  'takes %j for none',
  (text) => {
    expect(isSecret(text)).toBe(false)
  },
)

it('takes a secret with a wrong letter for none', () => {
  const { secret } = createSecret()
  const wrong = secret.replace(/^(lb_)(.)/, (_, start, letter) => `${start}${letter === 'a' ? 'b' : 'a'}`)
  expect(isSecret(wrong)).toBe(false)
  expect(isSecret(`${secret}\n`)).toBe(false)
})
