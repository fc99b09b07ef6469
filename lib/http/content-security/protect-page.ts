import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { SIGNED_IN_SCRIPT } from '@/lib/auth/signed-in-script'
import { env } from '@/lib/env'
import { THEME_SCRIPT } from '@/lib/theme-script'
import { PUBLIC_PAGES, policyOf } from './public-policy'

const HEADER = 'content-security-policy'
const ownScripts = [THEME_SCRIPT, SIGNED_IN_SCRIPT].map(sourceOf).join(' ')

/**
 * Gives a page a policy with a nonce, unless it is public: what Next.js renders takes the nonce from the request's own
 * header.
 * @returns puts the policy on the response
 */
export function protectPage(request: Request, pathname: string): (response: Response) => Response {
  // Whatever stands there was written by the client.
  request.headers.delete(HEADER)
  if (PUBLIC_PAGES.includes(pathname)) return (response) => response
  const policy = strictPolicy(randomBytes(16).toString('base64'))
  request.headers.set(HEADER, policy)
  return (response) => {
    response.headers.set(HEADER, policy)
    return response
  }
}

/** Scripts with the nonce of this response, and those that they load. */
function strictPolicy(nonce: string): string {
  const { origin, host, protocol } = new URL(env().NEXT_PUBLIC_SUPABASE_URL)
  const socket = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`
  return policyOf({
    script: `'nonce-${nonce}' 'strict-dynamic' ${ownScripts}`,
    connect: `'self' ${origin} ${socket}`,
  })
}

function sourceOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}
