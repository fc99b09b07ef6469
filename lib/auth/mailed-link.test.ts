import { expect, it, vi } from 'vitest'
import { landingPath, mailedLink } from './mailed-link'

vi.mock('@/lib/env', () => ({ env: () => ({ APP_URL: 'https://balance.app' }) }))

it.each([
  ['signup', 'https://balance.app/settings', '/choose-password?next=%2Fsettings'],
  ['signup', undefined, '/choose-password'],
  ['invite', '/dashboard', '/choose-password'],
  ['email', 'https://balance.app/transactions?type=purchase', '/transactions?type=purchase'],
  ['email', 'https://evil.example/settings', '/dashboard'],
  ['recovery', undefined, '/reset-password'],
] as const)('a link of type %s with next %s leads to %s', (type, next, path) => {
  expect(landingPath({ type, next })).toBe(path)
})

it.each([
  ['no address', { email: undefined }],
  ['no token', { token_hash: '' }],
  ['a type that is not mailed', { type: 'sms' }],
  ['two addresses', { email: ['ada@example.com', 'eve@example.com'] }],
])('a link with %s is none', (_what, part) => {
  const link = { token_hash: 'abc', type: 'email', email: 'ada@example.com', ...part }
  expect(mailedLink.safeParse(link).success).toBe(false)
})
