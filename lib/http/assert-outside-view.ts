import { ForbiddenError } from './errors'

const VIEW_PAGE = /^\/admin\/users\/[^/]+\/view(?:\/|$)/

/**
 * Refuses what is sent to a page on which an admin looks at somebody's account, or from one: it would be done in the name
 * of the admin, who sees somebody else's.
 * @throws ForbiddenError
 */
export function assertOutsideView({ url, headers }: Request): void {
  const pages = [url, headers.get('referer') ?? '']
  if (!pages.some((page) => VIEW_PAGE.test(URL.parse(page)?.pathname ?? ''))) return
  throw new ForbiddenError('You are viewing an account, read only, so nothing was done. Stop viewing first.')
}
