/** The pages that only signed-in people may see, with all that lies below them. */
export const GUARDED_PATHS = [
  '/dashboard',
  '/example-tool', // #only text-generation
  '/tools',
  // #region payments
  '/buy-credits',
  '/billing',
  '/payment-success',
  // #endregion
  '/transactions',
  '/runs',
  '/settings',
  '/nothing-here',
  // #region admin
  '/admin',
  // #endregion
]

/** True for a page only signed-in people may see. Its layout checks again: a page missed here is not open. */
export function isGuarded(pathname: string): boolean {
  return GUARDED_PATHS.some((path) => pathname === path || pathname.startsWith(`${path}/`))
}
