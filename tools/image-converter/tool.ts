import { z } from 'zod'
import { BadRequestError } from '@/lib/http/errors'
import { defineTool } from '@/lib/tool-runner/define-tool'
import { IMAGE_TOO_LARGE, MAX_IMAGE_BYTES, MAX_IMAGES, MAX_TOTAL_BYTES } from './limits'

const MAX_PIXELS = 50_000_000
const MAX_NAME_LENGTH = 100
const MAX_SECONDS = 20
/** Sharp's own default takes ten times as long, for files a few percent smaller. */
const AVIF_EFFORT = 1

/** What is read. Not SVG: a drawing is a program, and a small one can keep the processor busy for long. */
const READABLE = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'])

const TYPES = { webp: 'image/webp', avif: 'image/avif', jpeg: 'image/jpeg', png: 'image/png' } as const

const image = z.file('Choose images.').min(1, 'An image is empty.').max(MAX_IMAGE_BYTES, IMAGE_TOO_LARGE)

export type ConvertedImage = { name: string; bytes: number; data: string } | { name: string; error: string }

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
  cost: ({ input }) => input.images.length * prices().image,
  explain: ({ images, format }) => ({
    rule: '1 per image converted',
    input: { images: images.length, format },
  }),
  rateLimit: { requests: 10, perSeconds: 60 },
  run: async ({ input: { images, format }, signal, progress, charge }) => {
    const results: ConvertedImage[] = []
    for (const file of images) {
      signal.throwIfAborted()
      progress({ done: results.length, total: images.length, message: `Converting ${file.name}` })
      results.push(await convert(file, format))
    }
    const converted = results.filter((result) => 'data' in result).length
    if (converted === 0) throw new BadRequestError('None of these files could be read as an image.')
    charge(converted)
    progress({ done: images.length, total: images.length, message: 'Done' })
    return { images: results, converted }
  },
})

async function convert(file: File, format: keyof typeof TYPES): Promise<ConvertedImage> {
  // Every signed-in page reads this file for its navigation; the native library is for those who convert.
  const { default: sharp } = await import('sharp')
  try {
    const input = sharp(await file.arrayBuffer(), { limitInputPixels: MAX_PIXELS, failOn: 'error' })
    const kind = (await input.metadata()).format
    if (!READABLE.has(kind)) throw new Error(`Images of the kind ${kind} are not read.`)
    if (format === 'jpeg') input.flatten({ background: 'white' })
    const output = await input
      .autoOrient()
      .toFormat(format, format === 'avif' ? { effort: AVIF_EFFORT } : {})
      .timeout({ seconds: MAX_SECONDS })
      .toBuffer()
    const data = `data:${TYPES[format]};base64,${output.toString('base64')}`
    return { name: renamed(file.name, format), bytes: output.byteLength, data }
  } catch (error) {
    return { name: file.name.slice(0, MAX_NAME_LENGTH), error: whyNot(error) }
  }
}

function whyNot(error: unknown): string {
  const tookLong = error instanceof Error && error.message.startsWith('timeout')
  return tookLong ? 'This image takes too long.' : 'This file could not be read as an image.'
}

function renamed(name: string, format: string): string {
  return `${name.replace(/\.[^.]*$/, '').slice(0, MAX_NAME_LENGTH)}.${format === 'jpeg' ? 'jpg' : format}`
}
