import { readPriceList } from '@/lib/catalog/price-list'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { noInput, publicRoute } from '@/lib/http/routes'

/** What everybody may read, from pages of other sites too, for a minute. */
const HEADERS = { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=60' }

/** What is for sale, for other front ends: `{ creditTypes: [{ creditType, packages, plans }] }`, prices in minor units. */
export const GET = publicRoute(noInput, async () =>
  Response.json({ creditTypes: await readPriceList() }, { headers: HEADERS }),
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
