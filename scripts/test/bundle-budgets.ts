/**
 * How much JavaScript a page may load before it can be used, in KiB as it is sent, above what an empty app of the same
 * Next.js loads. A page has the budget of the longest path that covers it. What is loaded later, as the live connection,
 * charts and what opens behind a button, is not counted.
 */
export const BUNDLE_BUDGETS: Readonly<Record<string, number>> = {
  '/*': 110,
  '/cached/*': 25,
}
