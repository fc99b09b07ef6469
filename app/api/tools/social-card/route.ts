import { creditRoute } from '@/lib/tools/credit-route'
import { socialCard } from '@/lib/tools/social-card'

export const POST = creditRoute(socialCard)
