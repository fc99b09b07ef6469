import { creditRoute } from '@/lib/tools/credit-route'
import { summarize } from '@/lib/tools/summarize'

export const POST = creditRoute(summarize)
