import { z } from 'zod'
import { chosenUser, reason } from '@/lib/admin/reason'
import { creditService, MEMBERSHIP_TIERS } from '@/lib/credits'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'
import { timestamp } from '@/lib/timestamp'

const membership = z.strictObject({
  userId: chosenUser,
  /** Null takes the membership away. */
  tier: z.enum(MEMBERSHIP_TIERS).nullable(),
  expiresAt: timestamp.optional(),
  reason,
})

/** Admins give or take a membership: `{ userId, tier, expiresAt?, reason }`. Credits stay as they are. */
export const POST = adminRoute(jsonBody(membership), async ({ admin, input }) => {
  const { userId, tier, expiresAt, reason } = input
  await creditService.setMembership(userId, tier, { expiresAt, reason, actorId: admin.id })
  return { tier, expiresAt: expiresAt ?? null }
})

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
