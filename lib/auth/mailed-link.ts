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

/** Where the reader of a mailed link wants to go in the end: a path of this app. */
export function destination({ type, next }: Pick<MailedLink, 'type' | 'next'>): Route {
  return safeNextPath(
    ownPath(next ?? null, env().APP_URL),
    type === 'recovery' ? '/reset-password' : undefined,
  )
}

/** Where a mailed link leads once it is redeemed. */
export function landingPath(link: Pick<MailedLink, 'type' | 'next'>): Route {
  const path = destination(link)
  // Who has just proved an address has no password yet: one that was set before is gone (180_sign_up.sql).
  const isNewcomer = link.type === 'signup' || link.type === 'invite'
  return isNewcomer ? withNext('/choose-password', path) : path
}
