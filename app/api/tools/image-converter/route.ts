import { convertImages } from '@/lib/tools/convert-images'
import { creditRoute } from '@/lib/tools/credit-route'

export const POST = creditRoute(convertImages)
