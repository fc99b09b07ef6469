import { ban, setBan } from '@/lib/admin/user-actions'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

/** Admins ban a user or lift the ban: `{ userId, banned, reason }` → `{ banned }`. */
export const POST = adminRoute(jsonBody(ban), ({ admin, input }) => setBan(admin.id, input))

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
