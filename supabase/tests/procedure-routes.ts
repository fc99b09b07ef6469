import * as adminCredits from '../../app/api/admin/credits/route.ts' // #only admin
import * as adminPackage from '../../app/api/admin/packages/[id]/route.ts' // #only admin payments
import * as adminPackages from '../../app/api/admin/packages/route.ts' // #only admin payments
import * as balances from '../../app/api/credits/balances/route.ts'
import * as check from '../../app/api/credits/check/route.ts'
import * as packages from '../../app/api/credits/packages/route.ts' // #only payments
import * as credits from '../../app/api/credits/route.ts'
import * as transactions from '../../app/api/credits/transactions/route.ts'
import * as usage from '../../app/api/credits/usage/route.ts'
import * as checkout from '../../app/api/dodopayments/checkout/route.ts' // #only payments
import * as fulfill from '../../app/api/dodopayments/fulfill/route.ts' // #only payments
import * as products from '../../app/api/products/route.ts' // #only payments

type Route = { GET?: Serve; POST?: Serve; PATCH?: Serve }
type Serve = (request: Request) => Promise<Response>

const ROUTES: Record<string, Route> = {
  '/api/admin/credits': adminCredits, // #only admin
  '/api/admin/packages': adminPackages, // #only admin payments
  '/api/credits': credits,
  '/api/credits/balances': balances,
  '/api/credits/check': check,
  '/api/credits/packages': packages, // #only payments
  '/api/credits/transactions': transactions,
  '/api/credits/usage': usage,
  '/api/dodopayments/checkout': checkout, // #only payments
  '/api/dodopayments/fulfill': fulfill, // #only payments
  '/api/products': products, // #only payments
}

/** Answers as Next.js would: by the path, then by the method. */
export async function serveProcedures(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const { method } = request
  // #region admin payments
  const [, id] = /^\/api\/admin\/packages\/([^/]+)$/.exec(pathname) ?? []
  if (id !== undefined && method === 'PATCH') {
    return adminPackage.PATCH(request, { params: Promise.resolve({ id: decodeURIComponent(id) }) })
  }
  // #endregion
  const route = ROUTES[pathname]
  const serve = method === 'GET' || method === 'POST' || method === 'PATCH' ? route?.[method] : undefined
  return serve ? serve(request) : new Response(null, { status: 404 })
}
