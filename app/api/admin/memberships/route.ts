import { z } from 'zod'
import { assertSameOrigin } from '@/lib/auth/origin'
import { requireApiAdmin } from '@/lib/auth/roles'
import { creditService, MEMBERSHIP_TIERS } from '@/lib/credits'
import { handleRoute, readJson } from '@/lib/http'

const membership = z.strictObject({
  userId: z.uuid('Choose a user.'),
  /** Null takes the membership away. */
  tier: z.enum(MEMBERSHIP_TIERS).nullable(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  reason: z.string().trim().min(3, 'Give a reason of at least 3 characters.').max(500),
})

/** Admins give or take a membership: `{ userId, tier, expiresAt?, reason }`. Credits stay as they are. */
export const POST = handleRoute(async (request) => {
  const admin = await requireApiAdmin()
  assertSameOrigin(request)
  const { userId, tier, expiresAt, reason } = await readJson(request, membership)
  await creditService.setMembership(userId, tier, { expiresAt, reason, actorId: admin.id })
  return Response.json({ tier, expiresAt: expiresAt ?? null })
})
