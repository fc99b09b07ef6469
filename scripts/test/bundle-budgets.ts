/**
 * How much JavaScript a page may load before it can be used, in KiB as it is sent, above what an empty app of the same
 * Next.js loads. A page has the budget of the longest path that covers it. What is loaded later, as the live connection,
 * charts and what opens behind a button, is not counted.
 */
export const BUNDLE_BUDGETS: Readonly<Record<string, number>> = {
  '/*': 110,
  '/billing': 122,
  '/settings': 122,
  '/admin/packages': 115,
  '/admin/users/[id]': 119,
  '/transactions': 111,
  '/cached/*': 37,
}
