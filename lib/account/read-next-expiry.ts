import 'server-only'
import { readExpiringCredits } from '@/lib/credits'
import { createClient } from '@/lib/supabase/server'
import type { Wallet } from './read-wallets'

/** What a wallet loses next unless it is spent before, in whole credits, and when. */
export type NextExpiry = { credits: number; expiresAt: string }

/** The same; null when nothing in it expires. Through the caller's own rights; throws when the database does not answer. */
export async function readNextExpiry(
  userId: string,
  { creditType, nextExpiryAt }: Wallet,
): Promise<NextExpiry | null> {
  if (!nextExpiryAt) return null
  const expiring = await readExpiringCredits(userId, await createClient(), nextExpiryAt)
  const credits = expiring
    .filter((grant) => grant.creditType === creditType)
    .reduce((sum, grant) => sum + grant.credits, 0)
  return credits > 0 ? { credits, expiresAt: nextExpiryAt } : null
}
