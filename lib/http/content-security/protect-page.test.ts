import { globSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { protectPage } from './protect-page'
import { PUBLIC_PAGES, publicPolicy } from './public-policy'

vi.mock('@/lib/env', () => ({ env: () => ({ NEXT_PUBLIC_SUPABASE_URL: 'https://project.supabase.co' }) }))

function open(pathname: string) {
  const request = new Request(`http://localhost${pathname}`, {
    headers: { 'content-security-policy': "script-src 'nonce-mine'" },
  })
  const response = protectPage(request, pathname)(new Response())
  return {
    sent: request.headers.get('content-security-policy'),
    policy: response.headers.get('content-security-policy'),
  }
}

describe('a page of signed-in people, admins or visitors who sign in', () => {
  test.each(['/dashboard', '/login', '/admin/users', '/nothing'])(
    'runs scripts by nonce alone: %s',
    (pathname) => {
      const { sent, policy } = open(pathname)
      expect(policy).toMatch(
        /script-src 'nonce-[\w+/]{22}==' 'strict-dynamic' 'sha256-[^']+' 'sha256-[^']+';/,
      )
      expect(policy).not.toMatch(/script-src[^;]*unsafe/)
      expect(policy).toContain("connect-src 'self' https://project.supabase.co wss://project.supabase.co")
      expect(sent).toBe(policy)
    },
  )

  test('has another nonce each time', () => {
    expect(open('/login').policy).not.toBe(open('/login').policy)
  })
})

describe('a public page', () => {
  test.each(PUBLIC_PAGES)(
    'has the policy of its path, which nothing of the request decides: %s',
    (pathname) => {
      expect(open(pathname)).toEqual({ sent: null, policy: null })
      expect(publicPolicy).not.toContain('nonce')
    },
  )

  test('is each page of the marketing site', () => {
    const pages = globSync('**/page.tsx', {
      cwd: `${import.meta.dirname}/../../../app/(marketing)/cached/[edition]`,
    })
    expect(pages.map((page) => `/${page.replace(/\/?page\.tsx$/, '')}`).sort()).toEqual(
      [...PUBLIC_PAGES].sort(),
    )
  })
})
