import { creditRoute } from '@/lib/tool-runner/credit-route'
import { convertImages } from '@/tools/image-converter/tool'

export const POST = creditRoute(convertImages)
