import { describe, expect, it, vi } from 'vitest'
import { assertSameOrigin } from './origin'

vi.mock('@/lib/env', () => ({ env: () => ({ APP_URL: 'https://balance.app' }) }))

const browser = { 'user-agent': 'Mozilla/5.0 (X11) Chrome/140' }

function sent(headers: Record<string, string>, method = 'POST') {
  return () =>
    assertSameOrigin(
      new Request('http://10.0.0.1:8080/api', { method, headers: { host: 'app.test', ...headers } }),
    )
}

describe('assertSameOrigin', () => {
  it.each([
    ['the host the request was sent to', { ...browser, origin: 'http://app.test' }],
    ['the address of the app', { ...browser, origin: 'https://balance.app' }],
    ['a browser that says same-origin without an Origin', { ...browser, 'sec-fetch-site': 'same-origin' }],
    ['a script, which sends neither', { 'user-agent': 'curl/8' }],
  ])('lets %s through', (_who, headers) => {
    expect(sent(headers)).not.toThrow()
  })

  it.each([
    ['another site', { ...browser, origin: 'https://evil.com' }],
    ['a host that ends like ours', { ...browser, origin: 'https://evil-balance.app' }],
    ['our host on another port', { ...browser, origin: 'http://app.test:81' }],
    ['a sandboxed frame', { ...browser, origin: 'null' }],
    ['an Origin that is no URL', { ...browser, origin: 'app.test' }],
    ['another site without an Origin', { ...browser, 'sec-fetch-site': 'cross-site' }],
    ['a sibling subdomain without an Origin', { ...browser, 'sec-fetch-site': 'same-site' }],
    ['a browser that hides where it comes from', browser],
    ['a script that names another site', { 'user-agent': 'curl/8', origin: 'https://evil.com' }],
  ])('refuses %s', (_who, headers) => {
    expect(sent(headers)).toThrow('another site')
  })

  it.each(['GET', 'HEAD', 'OPTIONS'])('does not ask where a %s comes from', (method) => {
    expect(sent({ ...browser, origin: 'https://evil.com' }, method)).not.toThrow()
  })
})
