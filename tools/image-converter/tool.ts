import { z } from 'zod'
import { assertNotBusy } from '@/lib/heavy-work/define-heavy-task'
import { ServerBusyError } from '@/lib/heavy-work/errors'
import { BadRequestError } from '@/lib/http/errors'
import { defineTool } from '@/lib/tool-runner/define-tool'
import { checkPixels } from './check-pixels'
import { type ConvertedImage, convertImage, UNREADABLE } from './convert-image'
import {
  IMAGE_TOO_LARGE,
  MAX_IMAGE_BYTES,
  MAX_IMAGES,
  MAX_OUTPUT_BYTES,
  MAX_TOTAL_BYTES,
  MAX_TOTAL_PIXELS,
} from './limits'

const image = z.file('Choose images.').min(1, 'An image is empty.').max(MAX_IMAGE_BYTES, IMAGE_TOO_LARGE)

/** What is paid for. */
export const unit = 'an image'

export const prices = () => ({ image: 1 })

/** Converts up to ten images to another format. Reports each one done, and costs a credit for each that worked. */
export const convertImages = defineTool({
  id: 'image-conversion',
  name: 'Convert images',
  body: 'form',
  maxBytes: MAX_TOTAL_BYTES,
  timeoutMs: 60_000,
  input: z.strictObject({
    images: z.preprocess(
      (value) => (Array.isArray(value) ? value : [value]),
      z.array(image).min(1, 'Choose an image.').max(MAX_IMAGES, `Choose at most ${MAX_IMAGES} images.`),
    ),
    format: z.enum(['webp', 'avif', 'jpeg', 'png']),
  }),
  check: async ({ input, user }) => {
    await checkPixels(input.images)
    assertNotBusy(user.id)
  },
  cost: ({ input }) => input.images.length * prices().image,
  explain: ({ images, format }) => ({
    rule: '1 per image converted',
    input: { images: images.length, format },
  }),
  rateLimit: { requests: 10, perSeconds: 60 },
  run: async ({ input: { images, format }, user, signal, progress, charge }) => {
    const results: ConvertedImage[] = []
    let [maxPixels, maxBytes] = [MAX_TOTAL_PIXELS, MAX_OUTPUT_BYTES]
    for (const file of images) {
      signal.throwIfAborted()
      progress({ done: results.length, total: images.length, message: `Converting ${file.name}` })
      const to = { format, userId: user.id, signal, maxPixels, maxBytes }
      const { pixels, ...result } = await convertImage(file, to).catch((error) => {
        // What is converted by then is kept, and paid.
        if (error instanceof ServerBusyError && results.some(isConverted)) {
          return { name: file.name, error: error.message, pixels: 0 }
        }
        throw error
      })
      results.push(result)
      maxPixels -= pixels
      if ('bytes' in result) maxBytes -= result.bytes
    }
    const converted = results.filter(isConverted).length
    if (converted === 0) throw new BadRequestError(whyNone(results))
    await charge(converted)
    progress({ done: images.length, total: images.length, message: 'Done' })
    return { images: results, converted }
  },
})

function isConverted(result: ConvertedImage): boolean {
  return 'data' in result
}

function whyNone(results: readonly ConvertedImage[]): string {
  const reasons = new Set(results.map((result) => ('error' in result ? result.error : '')))
  if (reasons.size === 1 && reasons.has(UNREADABLE)) return 'None of these files could be read as an image.'
  return `None of these images could be converted. ${[...reasons].join(' ')}`
}
