import { creditRoute } from '@/lib/tool-runner/credit-route'
import { summarize } from '@/tools/text-generation/tool'

export const POST = creditRoute(summarize)
