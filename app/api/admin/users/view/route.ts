import { beginAccountView, viewBegin } from '@/lib/admin/account-view'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

/** Admins begin to look at the app as a user sees it: `{ userId, reason }` → `{ endsAt }`. */
export const POST = adminRoute(jsonBody(viewBegin), ({ admin, input }) => beginAccountView(admin, input))

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
