import { z } from 'zod'
import { timestamp } from '@/lib/timestamp'

/** In whole credits. */
export const MAX_BUDGET = 1_000_000_000
const WEEK_S = 604_800
const ORIGIN_PROBLEM = 'must be the origin of a site, such as https://app.example.com'

const budget = z.int().min(1).max(MAX_BUDGET).nullable().default(null)

/** In whole credits of each type; null for no limit. */
const budgets = { perDay: budget, perMonth: budget, total: budget }

/** What a key may do: `tools:<id>`, `tools:*`, `balance:read` or `history:read`. */
const scope = z.string().regex(/^(tools:(\*|[a-z0-9][a-z0-9_-]{0,63})|balance:read|history:read)$/)

/** As browsers write it: no path, no slash at the end, no port that goes without saying. */
const origin = z
  .url({ protocol: /^https?$/, error: ORIGIN_PROBLEM })
  .refine((text) => URL.parse(text)?.origin === text, ORIGIN_PROBLEM)

/** What a new key is made from. */
export const newApiKey = z.strictObject({
  name: z.string().trim().min(1).max(60),
  scopes: z.array(scope).min(1).max(50),
  expiresAt: timestamp.nullable().default(null),
  /** IP addresses, and networks such as `10.0.0.0/8`; from everywhere without any. */
  allowedAddresses: z
    .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must be an IP address or a network'))
    .max(20)
    .default([]),
  /** Other sites whose pages may use the key, as `https://app.example.com`; none without any. */
  allowedOrigins: z.array(origin).max(20).default([]),
  budgets: z.strictObject(budgets).default({ perDay: null, perMonth: null, total: null }),
})

/** What can be done with a key. `overlapSeconds`: how long the old secret goes on beside the new one. */
export const apiKeyChange = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('rotate'), overlapSeconds: z.int().min(0).max(WEEK_S) }),
  z.strictObject({ action: z.literal('set_budgets'), budgets: z.strictObject(budgets) }),
  z.strictObject({ action: z.literal('revoke') }),
])

export type NewApiKey = z.output<typeof newApiKey>
export type ApiKeyChange = z.output<typeof apiKeyChange>
