import 'server-only'
import type { Route } from 'next'
import { z } from 'zod'
import { env } from '@/lib/env'
import { emailField } from './fields'
import { ownPath, safeNextPath, withNext } from './next-path'

export const LINK_TYPES = ['signup', 'email', 'magiclink', 'recovery', 'invite', 'email_change'] as const
export type LinkType = (typeof LINK_TYPES)[number]

/** What a mailed link carries, as the templates of `scripts/brand/auth-mails.ts` write it. */
export const mailedLink = z.object({
  token_hash: z.string().min(1).max(512),
  type: z.enum(LINK_TYPES),
  /** Whose link it says it is. Anybody can write that, so whoever redeems the link holds the account against it. */
  email: emailField,
  next: z.string().optional(),
})
export type MailedLink = z.output<typeof mailedLink>

/** Where a mailed link leads once it is redeemed: a path of this app. */
export function landingPath({ type, next }: Pick<MailedLink, 'type' | 'next'>): Route {
  const path = safeNextPath(
    ownPath(next ?? null, env().APP_URL),
    type === 'recovery' ? '/reset-password' : undefined,
  )
  // Who has just proved an address has no password yet: one that was set before is gone (180_sign_up.sql).
  return type === 'signup' || type === 'invite' ? withNext('/choose-password', path) : path
}
