import { procedureRoute } from '@/lib/http/procedures'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { credits } from '@/lib/procedures/credits'

export const GET = procedureRoute(credits.getUsageStats)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
