import { procedureRoute } from '@/lib/http/procedures'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { credits } from '@/lib/procedures/credits'

/** Admins add (positive) or remove (negative) credits: `{ userId, amount, reason }`. */
export const POST = procedureRoute(credits.adjustCredits)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
