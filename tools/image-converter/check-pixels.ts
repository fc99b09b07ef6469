import { imageDimensionsFromData } from 'image-dimensions'
import { AppError } from '@/lib/http/errors'
import { MAX_PIXELS, MAX_TOTAL_PIXELS } from './limits'

/** Where a file says how large it is. Whoever says it later is measured when it is decoded. */
const HEADER_BYTES = 256 * 1024

/** 413: more pixels than are converted. */
class TooManyPixelsError extends AppError {
  constructor(subject: string, maxPixels: number) {
    const message = `${subject} can have up to ${maxPixels / 1_000_000} million pixels.`
    super('too_many_pixels', 413, message, { maxPixels })
  }
}

/** Pixels by the header of a file, which decodes nothing; undefined when it does not say. */
export async function readPixels(file: File): Promise<number | undefined> {
  const header = new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer())
  const size = imageDimensionsFromData(header)
  return size && size.width * size.height
}

/** @throws TooManyPixelsError when an image, or all of them, say that they have more than are converted */
export async function checkPixels(files: readonly File[]): Promise<void> {
  const pixels = await Promise.all(files.map(async (file) => (await readPixels(file)) ?? 0))
  if (Math.max(...pixels) > MAX_PIXELS) throw new TooManyPixelsError('Each image', MAX_PIXELS)
  const total = pixels.reduce((sum, count) => sum + count, 0)
  if (total > MAX_TOTAL_PIXELS) throw new TooManyPixelsError('Together the images', MAX_TOTAL_PIXELS)
}
