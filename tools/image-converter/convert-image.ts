import { z } from 'zod'
import { defineHeavyTask } from '@/lib/heavy-work/define-heavy-task'
import { WorkTooLargeError } from '@/lib/heavy-work/errors'
import { MAX_CHILDREN_MB } from '@/lib/heavy-work/limits'
import { readPixels } from './check-pixels'
import type { Format } from './convert-image.task.mts'
import { MAX_OUTPUT_BYTES, MAX_PIXELS } from './limits'

const MAX_NAME_LENGTH = 100

/** A process with the image library and an answer as large as may be, in MB, and what the hardest images take beyond. */
const BASE_MB = 200
const BYTES_PER_PIXEL = { avif: 38, webp: 23, jpeg: 17, png: 17 }

const convertInChild = defineHeavyTask({
  file: new URL('./convert-image.task.mts', import.meta.url),
  source: () => import('./convert-image.task.mts'),
  timeoutMs: 20_000,
  // As Base64, which takes four characters for three bytes, and what is around it.
  maxOutputBytes: Math.ceil((MAX_OUTPUT_BYTES * 4) / 3) + 1024,
  output: z.union([
    z.object({ pixels: z.int(), bytes: z.int(), data: z.string() }),
    z.object({ refused: z.enum(['unreadable', 'too large']) }),
  ]),
})

export const UNREADABLE = 'This file could not be read as an image.'
const REFUSED = { unreadable: UNREADABLE, 'too large': 'This image would be too large.' }

export type ConvertedImage = { name: string; bytes: number; data: string } | { name: string; error: string }

type Conversion = {
  format: Format
  userId: string
  signal: AbortSignal
  /** What is left of the request's limits. */
  maxPixels: number
  maxBytes: number
}

/**
 * Converts one image, and counts the pixels it had.
 * @returns the image, or why there is none @throws what ends the whole run: an abort, or ServerBusyError
 */
export async function convertImage(file: File, to: Conversion): Promise<ConvertedImage & { pixels: number }> {
  const { format, maxBytes, userId, signal } = to
  const maxPixels = Math.min(MAX_PIXELS, to.maxPixels)
  const said = await readPixels(file)
  const failed = (error: string) => ({ name: file.name.slice(0, MAX_NAME_LENGTH), error, pixels: said ?? 0 })
  try {
    const input = { bytes: new Uint8Array(await file.arrayBuffer()), format, maxPixels, maxBytes }
    const memoryMb = said === undefined ? undefined : memoryFor(Math.min(said, maxPixels), format)
    const output = await convertInChild(input, { userId, signal, memoryMb })
    if ('refused' in output) return failed(REFUSED[output.refused])
    return { ...output, name: renamed(file.name, format) }
  } catch (error) {
    if (error instanceof WorkTooLargeError) return failed(error.message)
    throw error
  }
}

function memoryFor(pixels: number, format: Format): number {
  return Math.min(MAX_CHILDREN_MB, Math.ceil(BASE_MB + (pixels * BYTES_PER_PIXEL[format]) / 1_000_000))
}

function renamed(name: string, format: Format): string {
  return `${name.replace(/\.[^.]*$/, '').slice(0, MAX_NAME_LENGTH)}.${format === 'jpeg' ? 'jpg' : format}`
}
