import 'server-only'
import { isIPv6, SocketAddress } from 'node:net'
import { env } from '@/lib/env'
import { socketAddress } from './socket-address'

const IPV4_IN_IPV6 = /^::ffff:(?=\d+\.)/

/**
 * The address a request came from, as something that we trust saw it: the platform (Vercel), the proxies in front of
 * the app (the last `TRUSTED_PROXY_HOPS` entries of X-Forwarded-For are theirs), or the socket. What a client wrote is
 * never believed. Null when none of them told one.
 */
export function clientAddress(headers: Pick<Headers, 'get'>): string | null {
  const written = writtenByTrusted(headers)?.trim()
  const parsed = written ? SocketAddress.parse(isIPv6(written) ? `[${written}]` : written) : undefined
  return parsed?.address.replace(IPV4_IN_IPV6, '') ?? null
}

function writtenByTrusted(headers: Pick<Headers, 'get'>): string | null | undefined {
  // Source: https://vercel.com/docs/headers/request-headers, which says that clients cannot set it.
  if (process.env.VERCEL) return headers.get('x-vercel-forwarded-for')?.split(',')[0]
  const hops = env().TRUSTED_PROXY_HOPS
  return hops === 0 ? socketAddress(headers) : headers.get('x-forwarded-for')?.split(',').at(-hops)
}

/**
 * Whom a limit per address is for: an IPv4 address, or the /64 of an IPv6 one, which is the least a household or
 * server is given. All whose address is unknown share one.
 */
export function clientNetwork(headers: Pick<Headers, 'get'>): string {
  const address = clientAddress(headers)
  if (address === null) return 'unknown'
  return isIPv6(address) ? `${firstGroups(address).join(':')}::/64` : address
}

/** The first 64 bits of an address as Node.js writes it, with at most one `::`. */
function firstGroups(address: string): string[] {
  const [head = '', tail = ''] = address.split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const zeros = Array<string>(8 - left.length - right.length).fill('0')
  return [...left, ...zeros, ...right].slice(0, 4)
}
