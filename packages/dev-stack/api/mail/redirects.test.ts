import { describe, expect, it } from 'vitest'
import { createRedirects } from './redirects.ts'

const SITE = 'http://localhost:3000'

describe('where mailed links may lead', () => {
  const { resolve } = createRedirects(SITE, ['https://*.example.com/**', 'https://app.example.org/welcome'])

  it.each([
    'http://localhost:3000',
    'http://localhost:3000/dashboard?tab=1#top',
    'https://preview.example.com/a/b.c',
    'https://app.example.org/welcome',
  ])('allows %s', (url) => {
    expect(resolve(url)).toBe(url)
  })

  it.each([
    null,
    '',
    '/dashboard',
    '//evil.example/',
    'http://localhost:3001/',
    'http://localhost:3000@evil.example/',
    'http://user@localhost:3000/',
    'javascript:alert(1)',
    'https://evil.example/?x=https://preview.example.com/',
    'https://a.b.example.com/',
    'https://app.example.org/welcome/else',
  ])('sends %s to the site instead', (url) => {
    expect(resolve(url)).toBe(SITE)
  })
})
