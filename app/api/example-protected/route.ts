import { refuseMethods } from '@/lib/http/refuse-methods'
import { creditRoute } from '@/lib/tool-runner/credit-route'
import { summarize } from '@/tools/text-generation/tool'

export const POST = creditRoute(summarize)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
