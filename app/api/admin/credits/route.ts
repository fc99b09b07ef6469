import { adjustCredits, adjustment } from '@/lib/admin/adjust-credits'
import { adminRoute, jsonBody } from '@/lib/http/routes'

/** Admins add (positive) or remove (negative) credits: `{ userId, amount, reason }`. */
export const POST = adminRoute(jsonBody(adjustment), ({ admin, input }) => adjustCredits(admin.id, input))
