import type { MetadataRoute } from 'next'
import { env } from '@/lib/env'
import { PUBLIC_PAGES } from '@/lib/http/content-security/public-policy'

// The address is only known where the app runs, not where it is built.
export const dynamic = 'force-dynamic'

export default function sitemap(): MetadataRoute.Sitemap {
  return [...PUBLIC_PAGES, '/login', '/signup'].map((path) => ({ url: new URL(path, env().APP_URL).href }))
}
