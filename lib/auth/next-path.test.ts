import { describe, expect, it } from 'vitest'
import { ownPath, safeNextPath, withNext } from './next-path'

describe('safeNextPath', () => {
  it.each([
    '/dashboard',
    '/transactions?type=purchase&page=2',
    '/buy-credits#pro',
    '/reset-password',
    '/search?q=https%3A%2F%2Fevil.com',
    '/authors',
  ])('keeps %s', (path) => {
    expect(safeNextPath(path)).toBe(path)
  })

  it.each([
    'https://evil.com',
    'https:evil.com',
    'HTTPS://evil.com',
    '//evil.com',
    '///evil.com',
    '/\\evil.com',
    '\\\\evil.com',
    '/a\\..\\evil.com',
    '/.//evil.com',
    '/a/..//evil.com',
    '/%2e//evil.com',
    '/\t/evil.com',
    '/\n/evil.com',
    '\t//evil.com',
    ' //evil.com',
    '/\u0000/evil.com',
    '/%09/evil.com',
    '/%2Fevil.com',
    '/%5cevil.com',
    '%2F%2Fevil.com',
    '/dashboard%0d%0aSet-Cookie:a=b',
    'javascript:alert(1)',
    'data:text/html,x',
    'dashboard',
    '.evil.com',
    '@evil.com',
    '',
  ])('refuses %j', (path) => {
    expect(safeNextPath(path)).toBe('/dashboard')
  })

  it.each([undefined, null, 1, {}, ['/dashboard', '//evil.com'], `/${'a'.repeat(3000)}`])(
    'refuses %j',
    (value) => {
      expect(safeNextPath(value)).toBe('/dashboard')
    },
  )

  it.each(['/api/credits', '/auth/confirm?token_hash=x', '/login', '/login?next=/login', '/signup'])(
    'does not land on %s',
    (path) => {
      expect(safeNextPath(path)).toBe('/dashboard')
    },
  )

  it('answers with the given fallback', () => {
    expect(safeNextPath('//evil.com', '/')).toBe('/')
  })
})

describe('ownPath', () => {
  const appUrl = 'https://balance.app'
  it.each([
    ['https://balance.app/buy-credits?plan=pro', '/buy-credits?plan=pro'],
    ['/transactions', '/transactions'],
    ['https://balance.app.evil.com/', '/dashboard'],
    ['https://balance.app@evil.com/', '/dashboard'],
    ['https://balance.app//evil.com', '/dashboard'],
    ['https://balance.app', '/dashboard'],
    [null, '/dashboard'],
  ])('leads %j to %s', (value, path) => {
    expect(safeNextPath(ownPath(value, appUrl))).toBe(path)
  })
})

it('carries a destination from page to page, but not the usual one', () => {
  expect(withNext('/login', '/dashboard')).toBe('/login')
  expect(withNext('/signup', '/buy-credits?plan=pro')).toBe('/signup?next=%2Fbuy-credits%3Fplan%3Dpro')
})
