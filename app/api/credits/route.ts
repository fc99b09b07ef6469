import { adjustCredits } from '@/lib/admin/adjust-credits' // #only admin
import { addition } from '@/lib/contracts/adjustment' // #only admin
import { procedureRoute } from '@/lib/http/procedures'
import { everyMethod } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes' // #only admin
import { credits } from '@/lib/procedures/credits'

// #region admin
/** Admins add credits: `{ userId, amount, reason }`, a positive amount. */
const add = adminRoute(jsonBody(addition), ({ admin, input }) => adjustCredits(admin.id, input))
// #endregion

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = everyMethod({
  GET: procedureRoute(credits.getBalance),
  POST: add, // #only admin
})
