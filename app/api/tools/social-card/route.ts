import { creditRoute } from '@/lib/tool-runner/credit-route'
import { socialCard } from '@/tools/social-card/tool'

export const POST = creditRoute(socialCard)
