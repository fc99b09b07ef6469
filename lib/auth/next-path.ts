import type { Route } from 'next'

const BASE = 'http://app.invalid'

// Not pages to land on: routes that answer with JSON, and the sign-in pages themselves.
const NOT_A_DESTINATION = /^\/(api|auth|login|signup|forgot-password)(\/|$)/i

function parseOwnPath(value: unknown): URL | null {
  if (typeof value !== 'string' || value.length > 2048 || !value.startsWith('/')) return null
  // Browsers drop control characters and read `\` as `/`, so `/\t/evil.com` and `/\evil.com` are other sites.
  // The encoded forms are refused too: a proxy on the way may decode them.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being refused
  if (/[\u0000-\u001f\u007f\\]|%0[0-9a-f]|%1[0-9a-f]|%7f|%5c/i.test(value)) return null
  if (!URL.canParse(value, BASE)) return null
  const url = new URL(value, BASE)
  // After normalising: `/.//evil.com` has become `//evil.com`.
  if (url.origin !== BASE || /^\/(\/|%2f)/i.test(url.pathname)) return null
  return url
}

/** A path inside this app, fit for a redirect: `value` when it is one, else `fallback`. Never leaves the site. */
export function safeNextPath(value: unknown, fallback: Route = '/dashboard' as Route): Route {
  const url = parseOwnPath(value)
  if (!url || NOT_A_DESTINATION.test(url.pathname)) return fallback
  // The compiler knows routes only as literals; this one was checked above.
  return `${url.pathname}${url.search}${url.hash}` as Route
}

/** Turns a full address on this site into its path; anything else is handed back as it is. */
export function ownPath(value: string | null, appUrl: string): string | null {
  return value?.startsWith(`${appUrl}/`) ? value.slice(appUrl.length) : value
}

/** `page`, remembering where to go afterwards unless that is the dashboard anyway. */
export function withNext(page: '/login' | '/signup' | '/choose-password', next: string): Route {
  return next === '/dashboard' ? page : `${page}?next=${encodeURIComponent(next)}`
}
