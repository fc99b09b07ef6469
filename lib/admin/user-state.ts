import { z } from 'zod'

/** How a user stands, as the database tells admins; a wallet that was never opened is not there. */
export const userState = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  created_at: z.string(),
  closed_at: z.string().nullable(),
  /** The membership that counts now. */
  tier: z.string().nullable(),
  /** The one they were given, ended or not, and until when; null for no end. */
  membership_tier: z.string().nullable(),
  membership_expires_at: z.string().nullable(),
  is_banned: z.boolean(),
  is_admin: z.boolean(),
  last_seen_at: z.string().nullable(),
  /** Amounts in whole credits. */
  wallets: z.array(z.object({ credit_type: z.string(), balance: z.int(), spent: z.int(), debt: z.int() })),
})

export type UserState = z.output<typeof userState>
