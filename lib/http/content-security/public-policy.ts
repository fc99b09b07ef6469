type Sources = { script: string; connect: string }

/** Next.js evaluates code and keeps a socket open while it develops. */
const isDevelopment = process.env.NODE_ENV === 'development'

/** A policy that differs in where scripts come from, and whom they may call. */
export function policyOf({ script, connect }: Sources): string {
  return [
    "default-src 'self'",
    `script-src ${script}${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // Styles in attributes, as those of charts and toasts, have neither nonce nor hash.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connect}${isDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * The policy of public pages. They carry no content of users, and must stay cacheable, so nothing of it comes from the
 * request: inline scripts, as Next.js writes them into every page, are allowed.
 */
export const publicPolicy = policyOf({ script: "'self' 'unsafe-inline'", connect: "'self'" })

/** The pages that anybody sees alike. Every other one gets a policy of its own for each request. */
export const PUBLIC_PAGES = [
  '/',
  '/pricing', // #only payments
  '/help',
  '/privacy',
  '/terms',
  '/docs/mcp', // #only mcp
]
