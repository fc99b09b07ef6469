import { AsyncLocalStorage } from 'node:async_hooks'

/** Decides where a mailed link may lead, and knows it for the request being served. */
export type Redirects = {
  /** `wanted` if it is allowed, else the site's address. */
  resolve(wanted: string | null): string
  /** Where the links of mails sent while `work` runs lead. */
  run<T>(wanted: string | null, work: () => T): T
  current(): string
}

const WILDCARDS: Readonly<Record<string, string>> = { '**': '.*', '*': '[^./]*', '?': '[^./]' }

/** @param patterns additional_redirect_urls of supabase/config.toml; `siteUrl` and its pages are always allowed. */
export function createRedirects(siteUrl: string, patterns: readonly string[]): Redirects {
  const store = new AsyncLocalStorage<string>()
  const site = new URL(siteUrl)
  const allowed = patterns.map(toExpression)

  function resolve(wanted: string | null): string {
    if (!wanted || !URL.canParse(wanted)) return siteUrl
    const url = new URL(wanted)
    const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
    if (isWeb && url.origin === site.origin && !url.username) return wanted
    return allowed.some((expression) => expression.test(url.href)) ? wanted : siteUrl
  }

  return {
    resolve,
    run: (wanted, work) => store.run(resolve(wanted), work),
    current: () => store.getStore() ?? siteUrl,
  }
}

function toExpression(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*|\*|\?)/)
  return new RegExp(`^${parts.map((part) => WILDCARDS[part] ?? RegExp.escape(part)).join('')}$`)
}
