import { packageOrder } from '@/lib/admin/packages/package-input'
import { orderPackages } from '@/lib/admin/packages/save-package'
import { refreshPublicPages } from '@/lib/catalog/refresh-public-pages'
import { procedureRoute } from '@/lib/http/procedures'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'
import { credits } from '@/lib/procedures/credits'

/** Admins put a package or plan up for sale; its product at the payment provider follows. Answers `{ id, version, replayed }`. */
export const POST = procedureRoute(credits.createPackage)

/** Admins put packages in another order among themselves: `{ order: [id, …] }`. */
export const PATCH = adminRoute(jsonBody(packageOrder), async ({ admin, input: { order } }) => {
  await orderPackages(order, admin.id)
  refreshPublicPages()
  return { order }
})

export const { DELETE, GET, HEAD, OPTIONS, PUT } = refuseMethods('PATCH', 'POST')
