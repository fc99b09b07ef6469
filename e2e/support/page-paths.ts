/** The pages of everybody. */
export const PUBLIC_PAGES = [
  '/',
  '/pricing', // #only payments
  '/help',
  '/privacy',
  '/terms',
  '/docs/mcp', // #only mcp
]

/** The pages of who signs in. */
export const AUTH_PAGES = ['/login', '/signup', '/forgot-password', '/link-expired', '/email-confirmed']

/** The pages about the API, under the policy of those where people sign in. */
export const DOCS_PAGES: string[] = [
  '/docs/api', // #only api
]

/** The pages of who is signed in. */
export const APP_PAGES = [
  '/dashboard',
  '/tools',
  '/example-tool', // #only text-generation
  '/tools/social-card', // #only social-card
  '/tools/image-converter', // #only image-converter
  '/tools/ask-ai', // #only ask-ai ai
  '/tools/find-duplicates', // #only find-duplicates
  '/tools/compare-texts', // #only compare-texts
  // #region payments
  '/buy-credits',
  '/billing',
  // #endregion
  '/transactions',
  '/runs',
  '/settings',
]

// #region payments admin
/** The lists of the admin area. */
export const ADMIN_PAGES = [
  '/admin',
  '/admin/users',
  '/admin/users/give',
  '/admin/business',
  '/admin/packages',
  '/admin/payments',
  '/admin/subscriptions',
  '/admin/webhooks',
  '/admin/reconciliation',
  '/admin/tools',
  '/admin/audit',
]
// #endregion

// #region admin
/** The pages of an account that its user and an admin who looks at it see alike. */
export const VIEWED_PAGES = [
  '/dashboard',
  '/tools',
  '/example-tool', // #only text-generation
  '/tools/social-card', // #only social-card
  '/tools/compare-texts', // #only compare-texts
  '/transactions',
  '/runs',
  // #region payments
  '/buy-credits',
  '/billing',
  // #endregion
]
// #endregion
