import * as adminCredits from '../../app/api/admin/credits/route.ts' // #only admin
import * as balances from '../../app/api/credits/balances/route.ts'
import * as check from '../../app/api/credits/check/route.ts'
import * as packages from '../../app/api/credits/packages/route.ts'
import * as credits from '../../app/api/credits/route.ts'
import * as transactions from '../../app/api/credits/transactions/route.ts'
import * as usage from '../../app/api/credits/usage/route.ts'
import * as checkout from '../../app/api/dodopayments/checkout/route.ts'
import * as fulfill from '../../app/api/dodopayments/fulfill/route.ts'
import * as products from '../../app/api/products/route.ts'

type Route = { GET?: Serve; POST?: Serve; PATCH?: Serve }
type Serve = (request: Request) => Promise<Response>

const ROUTES: Record<string, Route> = {
  '/api/admin/credits': adminCredits, // #only admin
  '/api/credits': credits,
  '/api/credits/balances': balances,
  '/api/credits/check': check,
  '/api/credits/packages': packages,
  '/api/credits/transactions': transactions,
  '/api/credits/usage': usage,
  '/api/dodopayments/checkout': checkout,
  '/api/dodopayments/fulfill': fulfill,
  '/api/products': products,
}

/** Answers as Next.js would: by the path, then by the method. */
export async function serveProcedures(request: Request): Promise<Response> {
  const route = ROUTES[new URL(request.url).pathname]
  const { method } = request
  const serve = method === 'GET' || method === 'POST' || method === 'PATCH' ? route?.[method] : undefined
  return serve ? serve(request) : new Response(null, { status: 404 })
}
