import { unstable_doesMiddlewareMatch as doesMiddlewareMatch } from 'next/experimental/testing/server'
import { expect, test, vi } from 'vitest'
import { PUBLIC_PAGES } from '@/lib/http/content-security/public-policy'
import { config } from './middleware'
import nextConfig from './next.config'

vi.mock('@/lib/env', () => ({ env: () => ({ NEXT_PUBLIC_SUPABASE_URL: 'https://project.supabase.co' }) }))

const isMatched = (url: string, headers: Record<string, string> = {}) =>
  doesMiddlewareMatch({ config, nextConfig, url, headers })

test('the middleware is spared public pages', () => {
  for (const path of PUBLIC_PAGES) expect(isMatched(path), path).toBe(false)
})

test('it sees every other page, and whatever may be a call of a server action', () => {
  for (const path of [
    '/login',
    '/dashboard',
    '/pricing/more',
    '/terms-of-use',
    '/docs/api',
    '/docs',
    '/cached/current',
  ])
    expect(isMatched(path), path).toBe(true)
  for (const path of PUBLIC_PAGES) {
    expect(isMatched(path, { 'content-type': 'text/plain' }), path).toBe(true)
    expect(isMatched(path, { 'next-action': '40abc' }), path).toBe(true)
  }
})
