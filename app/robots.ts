import type { MetadataRoute } from 'next'
import { GUARDED_PATHS } from '@/lib/auth/guarded-paths'
import { env } from '@/lib/env'

// The address is only known where the app runs, not where it is built.
export const dynamic = 'force-dynamic'

export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: '*', allow: '/', disallow: ['/api/', '/auth/', ...GUARDED_PATHS] },
    sitemap: new URL('/sitemap.xml', env().APP_URL).href,
  }
}
