import { packageChange } from '@/lib/admin/packages/package-input'
import { updatePackage } from '@/lib/admin/packages/save-package'
import { syncAfterSave } from '@/lib/admin/packages/sync-after-save'
import { packageId } from '@/lib/catalog/package-id'
import { parseInput } from '@/lib/http'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

/** Admins change a package they saw at `version`; its product follows: `{ version, … }` → `{ id, version, replayed }`. */
export const PATCH = adminRoute(
  jsonBody(packageChange),
  async ({ admin, input }, { params }: RouteContext<'/api/admin/packages/[id]'>) => {
    const saved = await updatePackage(parseInput(packageId, (await params).id), input, admin.id)
    syncAfterSave(saved.id, admin.id)
    return saved
  },
)

export const { DELETE, GET, HEAD, OPTIONS, POST, PUT } = refuseMethods('PATCH')
