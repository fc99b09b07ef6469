import { packageId } from '@/lib/catalog/package-id'
import { parseInput } from '@/lib/http'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, noInput } from '@/lib/http/routes'
import { syncProducts } from '@/lib/payments/products/sync-products'

/** Admins have the products of a package brought in line again: `{ syncs: [{ provider, status, done, error }] }`. */
export const POST = adminRoute(
  noInput,
  async ({ admin }, { params }: RouteContext<'/api/admin/packages/[id]/sync'>) => ({
    syncs: await syncProducts(parseInput(packageId, (await params).id), admin.id),
  }),
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
