/** The pages of an account that an admin can look at as its user sees them, and what lies below them. */
const VIEWED_PAGES = [
  '/dashboard',
  '/tools',
  '/example-tool', // #only text-generation
  '/transactions',
  '/runs',
  '/settings',
  // #region payments
  '/buy-credits',
  '/billing',
  // #endregion
]

/** Where a page of the app stands in the view of an account; null for one that is no part of it. */
export function viewedPath(userId: string, pathname: string): `/admin/users/${string}` | null {
  const isViewed = VIEWED_PAGES.some((page) => pathname === page || pathname.startsWith(`${page}/`))
  return isViewed ? `/admin/users/${userId}/view${pathname}` : null
}
