import { procedureRoute } from '@/lib/http/procedures'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { marketplace } from '@/lib/procedures/marketplace'

export const GET = procedureRoute(marketplace.getProducts)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
