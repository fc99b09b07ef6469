import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

vi.mock('@/lib/env', () => ({
  env: () => ({ TRUSTED_PROXY_HOPS: Number(process.env.TRUSTED_PROXY_HOPS ?? 0) }),
}))

const read = async (headers: Record<string, string>) => {
  const { clientAddress, clientNetwork } = await import('./client-address')
  return [clientAddress(new Headers(headers)), clientNetwork(new Headers(headers))]
}

beforeEach(() => vi.resetModules())
afterEach(() => vi.unstubAllEnvs())

describe('the address of a client', () => {
  it('is nobody’s word but that of the proxies we trust', async () => {
    vi.stubEnv('TRUSTED_PROXY_HOPS', '2')
    const [address] = await read({ 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.0.0.1' })
    expect(address).toBe('203.0.113.9')
  })

  it('is unknown without a proxy and a socket, whatever a stranger writes', async () => {
    const written = {
      'x-forwarded-for': '6.6.6.6',
      'x-real-ip': '6.6.6.6',
      'x-vercel-forwarded-for': '6.6.6.6',
    }
    expect(await read(written)).toEqual([null, 'unknown'])
  })

  it('is what the platform says on Vercel', async () => {
    vi.stubEnv('VERCEL', '1')
    const headers = { 'x-forwarded-for': '6.6.6.6', 'x-vercel-forwarded-for': '203.0.113.9' }
    expect(await read(headers)).toEqual(['203.0.113.9', '203.0.113.9'])
  })

  it.each([
    ['203.0.113.9:4711', '203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['[2001:db8::6]:443', '2001:db8::6', '2001:db8:0:0::/64'],
    ['::1', '::1', '0:0:0:0::/64'],
    ['not an address', null, 'unknown'],
    ['', null, 'unknown'],
  ])('written as %s', async (written, address, network) => {
    vi.stubEnv('TRUSTED_PROXY_HOPS', '1')
    expect(await read({ 'x-forwarded-for': written })).toEqual([address, network])
  })
})

describe('a server that keeps the addresses of sockets', () => {
  it('puts them on each request under a name nobody else knows', async () => {
    const { createServer } = await import('node:http')
    const { keepSocketAddresses } = await import('./socket-address')
    const { clientAddress } = await import('./client-address')
    keepSocketAddresses()
    const server = createServer((request, response) => {
      response.end(
        clientAddress(new Headers(Object.entries(request.headers).map(([k, v]) => [k, String(v)]))),
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const forged = { 'x-forwarded-for': '6.6.6.6', 'x-socket-address': '6.6.6.6' }
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers: forged })
    server.close()
    expect(await response.text()).toBe('127.0.0.1')
  })
})
