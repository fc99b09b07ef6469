import { signingOut, signOutUser } from '@/lib/admin/user-actions'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

/** Admins end every session of a user: `{ userId, reason }` → `{ ended }`. */
export const POST = adminRoute(jsonBody(signingOut), ({ admin, input }) => signOutUser(admin.id, input))

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
