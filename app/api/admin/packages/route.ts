import { newPackage, packageOrder } from '@/lib/admin/packages/package-input'
import { createPackage, orderPackages } from '@/lib/admin/packages/save-package'
import { syncAfterSave } from '@/lib/admin/packages/sync-after-save'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

/** Admins put a package or plan up for sale; its product at the payment provider follows. Answers `{ id, version, replayed }`. */
export const POST = adminRoute(jsonBody(newPackage), async ({ admin, input }) => {
  const saved = await createPackage(input, admin.id)
  syncAfterSave(saved.id, admin.id)
  return saved
})

/** Admins put packages in another order among themselves: `{ order: [id, …] }`. */
export const PATCH = adminRoute(jsonBody(packageOrder), async ({ admin, input: { order } }) => {
  await orderPackages(order, admin.id)
  return { order }
})

export const { DELETE, GET, HEAD, OPTIONS, PUT } = refuseMethods('PATCH', 'POST')
