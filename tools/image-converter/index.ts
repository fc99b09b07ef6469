import { ImagesIcon } from 'lucide-react'
import { registerTool } from '../register-tool'
import { LazyForm } from './lazy-form'
import { ImageConverterResult } from './result'
import { convertImages, prices, unit } from './tool'

export const entry = registerTool(convertImages, {
  icon: ImagesIcon,
  summary: 'To WebP, AVIF, JPEG or PNG, many at once.',
  description: 'Up to ten at once. You pay for those that worked; the rest comes back to your balance.',
  order: 30,
  prices,
  chargeText: ({ images }) => (images === 1 ? '1 image' : `${images} images`),
  unit,
  form: LazyForm,
  result: ImageConverterResult,
})
