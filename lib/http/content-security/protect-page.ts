import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { env } from '@/lib/env'
import { THEME_SCRIPT } from '@/lib/theme-script'
import { PUBLIC_PAGES, policyOf, publicPolicy } from './public-policy'

const HEADER = 'content-security-policy'
const themeScript = `'sha256-${createHash('sha256').update(THEME_SCRIPT).digest('base64')}'`

/**
 * Chooses the policy of a page: what Next.js renders takes the nonce from the request's own header.
 * @returns puts the policy on the response
 */
export function protectPage(request: Request, pathname: string): (response: Response) => Response {
  const isPublic = PUBLIC_PAGES.includes(pathname)
  const policy = isPublic ? publicPolicy : strictPolicy(randomBytes(16).toString('base64'))
  // Whatever stood there was written by the client.
  if (isPublic) request.headers.delete(HEADER)
  else request.headers.set(HEADER, policy)
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
    script: `'nonce-${nonce}' 'strict-dynamic' ${themeScript}`,
    connect: `'self' ${origin} ${socket}`,
  })
}
