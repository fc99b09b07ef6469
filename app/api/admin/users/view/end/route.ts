import { endAccountView, viewEnd } from '@/lib/admin/account-view'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

/** Admins stop looking at the app as a user sees it: `{ userId }` → `{ ended }`. */
export const POST = adminRoute(jsonBody(viewEnd), ({ admin, input }) => endAccountView(admin, input))

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
