import type { MetadataRoute } from 'next'
import { env } from '@/lib/env'
import { PUBLIC_PAGES } from '@/lib/http/content-security/public-policy'

/** What anybody may read under the policy of pages where something secret is typed. */
const OTHER_PAGES = [
  '/docs/api', // #only api
  '/login',
  '/signup',
]

// The address is only known where the app runs, not where it is built.
export const dynamic = 'force-dynamic'

export default function sitemap(): MetadataRoute.Sitemap {
  return [...PUBLIC_PAGES, ...OTHER_PAGES].map((path) => ({ url: new URL(path, env().APP_URL).href }))
}
