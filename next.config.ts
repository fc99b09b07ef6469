import type { NextConfig } from 'next'
import { GUARDED_PATHS } from './lib/auth/guarded-paths'
import { PUBLIC_PAGES, publicPolicy } from './lib/http/content-security/public-policy'

/** Where public pages stand: Next.js keeps pages that it has not made at build time only where an address has a parameter. */
const CACHED_PAGES = '/cached'

const everywhere = [
  // A balance and its buttons inside a stranger's frame are a trap.
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  // Browsers heed it over https alone.
  ...(process.env.NODE_ENV === 'production'
    ? [{ key: 'Strict-Transport-Security', value: 'max-age=63072000' }]
    : []),
]

const nextConfig: NextConfig = {
  typedRoutes: true,
  // Routes named `*.dev.ts`, as the preview of the mails, are no part of a production build.
  pageExtensions: ['tsx', 'ts', ...(process.env.NODE_ENV === 'development' ? ['dev.ts'] : [])],
  poweredByHeader: false,
  // A hash over the whole of a kept page for each request would cost a quarter of what serving it does.
  generateEtags: false,
  // Seconds after which a kept page is made anew before it is sent: shared caches keep it as long again, 60 in all.
  expireTime: 30,
  experimental: {
    // Kept in memory alone: the next server of this build may have another address and another database.
    isrFlushToDisk: false,
  },
  reactStrictMode: true,
  rewrites: async () => ({
    beforeFiles: [
      { source: `${CACHED_PAGES}/:path*`, destination: '/there-is-no-such-page' },
      ...PUBLIC_PAGES.map((source) => ({ source, destination: `${CACHED_PAGES}/current${source}` })),
    ],
    afterFiles: [],
    // An address below a signed-in page that has none: the page that says so stands within their frame.
    fallback: GUARDED_PATHS.map((path) => ({ source: `${path}/:path*`, destination: '/nothing-here' })),
  }),
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    // The middleware sends those of the other pages.
    ...PUBLIC_PAGES.map((source) => ({
      source,
      headers: [{ key: 'Content-Security-Policy', value: publicPolicy }],
    })),
    {
      source: '/api/:path*',
      headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" }],
    },
    // Route handlers renew sessions as well, and cannot pass on the headers that come with a renewed cookie.
    { source: '/(api|auth)/:path*', headers: [{ key: 'Cache-Control', value: 'private, no-store' }] },
    {
      source: '/api/:path*',
      has: [{ type: 'header', key: 'accept', value: '.*text/event-stream.*' }],
      // What is set here replaces the answer's own: a stream must not be held back to be compressed either.
      headers: [{ key: 'Cache-Control', value: 'private, no-store, no-transform' }],
    },
  ],
  // #region social-card
  // What its task loads of Next.js by its path, which no build looks for.
  outputFileTracingIncludes: {
    '/api/tools/*': ['./node_modules/next/og.js', './node_modules/next/dist/server/og/*.js'],
    '/api/mcp': ['./node_modules/next/og.js', './node_modules/next/dist/server/og/*.js'], // #only mcp
    '/api/v1/tools/*': ['./node_modules/next/og.js', './node_modules/next/dist/server/og/*.js'], // #only api
  },
  // #endregion
  turbopack: { root: import.meta.dirname },
}

export default nextConfig
