import { z } from 'zod'
import { reason } from '@/lib/admin/reason'
import { creditService, MEMBERSHIP_TIERS } from '@/lib/credits'
import { adminRoute, jsonBody } from '@/lib/http/routes'

const membership = z.strictObject({
  userId: z.uuid('Choose a user.'),
  /** Null takes the membership away. */
  tier: z.enum(MEMBERSHIP_TIERS).nullable(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  reason,
})

/** Admins give or take a membership: `{ userId, tier, expiresAt?, reason }`. Credits stay as they are. */
export const POST = adminRoute(jsonBody(membership), async ({ admin, input }) => {
  const { userId, tier, expiresAt, reason } = input
  await creditService.setMembership(userId, tier, { expiresAt, reason, actorId: admin.id })
  return { tier, expiresAt: expiresAt ?? null }
})
