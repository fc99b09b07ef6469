import { createHash, randomInt } from 'node:crypto'
import type { OneTimeToken } from '../mail/mailer.ts'

/** A fresh code of `digits` digits for `email`, with the hash that links carry. */
export function createOneTimeToken(email: string, digits: number): OneTimeToken {
  const code = Array.from({ length: digits }, () => randomInt(10)).join('')
  return { code, hash: hashOneTimeCode(email, code) }
}

/** The hash under which the database keeps a code: the one `@supabase/lite` computes. */
export function hashOneTimeCode(email: string, code: string): string {
  return createHash('sha256')
    .update(email.toLowerCase() + code)
    .digest('hex')
}
