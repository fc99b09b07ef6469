import { role, setRole } from '@/lib/admin/user-actions'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

/** Admins make somebody an admin or take the role away: `{ userId, admin, reason }` → `{ admin }`. */
export const POST = adminRoute(jsonBody(role), ({ admin, input }) => setRole(admin.id, input))

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
