import { adjustCredits, adjustment } from '@/lib/admin/adjust-credits'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

/** Admins add (positive) or remove (negative) credits: `{ userId, amount, reason }`. */
export const POST = adminRoute(jsonBody(adjustment), ({ admin, input }) => adjustCredits(admin.id, input))

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
