import type { MetadataRoute } from 'next'
import { env } from '@/lib/env'

// The address is only known where the app runs, not where it is built.
export const dynamic = 'force-dynamic'

const PUBLIC_PAGES = [
  '/',
  // #region payments
  '/pricing',
  // #endregion
  '/login',
  '/signup',
  '/help',
  '/terms',
  '/privacy',
]

export default function sitemap(): MetadataRoute.Sitemap {
  return PUBLIC_PAGES.map((path) => ({ url: new URL(path, env().APP_URL).href }))
}
