import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import '../../app/api/admin/packages/route.ts'
import { openProcedures, type ProcedureShop, refusal } from './procedure-shop.ts'
import { signInAs } from './signed-in.ts'

vi.mock('next/server', () => ({ after: vi.fn() }))
vi.mock('../../lib/supabase/server.ts', () => import('./admin-reads.ts'))
vi.mock('../../lib/auth/session.ts', () => import('./signed-in.ts'))

let app: ProcedureShop
let client: ProcedureShop['client']
beforeAll(async () => {
  app = await openProcedures()
  ;({ client } = app)
})
afterAll(() => app.close())
beforeEach(async () => signInAs(await app.join()))

describe('a package', () => {
  const pack = {
    name: 'Starter Pack - 100 Enrichment Credits',
    description: 'Perfect for getting started',
    creditAmount: 100,
    price: 999,
    creditType: 'enrichment',
    isActive: true,
    sortOrder: 1,
    metadata: { leads: 100 },
  }
  const id = 'starter-pack-100-enrichment-credits'

  test('is put up for sale and changed by an admin, and sold at once', async () => {
    signInAs(await app.joinAsAdmin())
    expect(await client.credits.createPackage(pack)).toEqual({ id, version: 1, replayed: false })
    expect(await client.credits.createPackage(pack)).toMatchObject({ id, replayed: true })
    const sold = async () => (await client.credits.getPackages({ creditType: 'enrichment' }))[0]
    const { sortOrder: _, metadata: __, ...shown } = pack
    expect(await sold()).toMatchObject({ id, ...shown })
    const changed = await client.credits.updatePackage({ id, price: 1299, creditAmount: 120 })
    expect(changed).toMatchObject({ id, version: 2 })
    expect(await sold()).toMatchObject({ price: 1299, creditAmount: 120 })
    const stale = client.credits.updatePackage({ id, version: 1, price: 1 })
    await expect(stale).rejects.toEqual(refusal('package_changed', 409))
    await client.credits.updatePackage({ id, isActive: false })
    expect(await sold()).toBeUndefined()
  })

  test('is nobody else’s to make or change, and not there by another id', async () => {
    await expect(client.credits.createPackage(pack)).rejects.toEqual(refusal('forbidden', 403))
    await expect(client.credits.updatePackage({ id: 'starter', price: 1 })).rejects.toEqual(
      refusal('forbidden', 403),
    )
    signInAs(await app.joinAsAdmin())
    const gone = client.credits.updatePackage({ id: 'gold', price: 100 })
    await expect(gone).rejects.toEqual(refusal('package_not_found', 404))
    const twice = client.credits.createPackage({ ...pack, credits: 5 })
    await expect(twice).rejects.toEqual(refusal('bad_request', 400))
  })
})
