import { gift, giveCredits } from '@/lib/admin/user-actions'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

/** Admins give credits, perhaps with an end: `{ userId, amount, creditType?, expiresAt?, reason, idempotencyKey }`. */
export const POST = adminRoute(jsonBody(gift), ({ admin, input }) => giveCredits(admin.id, input))

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
