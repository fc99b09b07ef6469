import sharp from 'sharp'

/** Sharp's own default takes ten times as long, for files a few percent smaller. */
const AVIF_EFFORT = 1

/** From here on an AVIF halves the resolution of its colors, as photos do, for a third less memory. */
const LARGE_PIXELS = 12_000_000

/** What is read. Not SVG: a drawing is a program, and a small one can keep the processor busy for long. */
const READABLE = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'])

const TYPES = { webp: 'image/webp', avif: 'image/avif', jpeg: 'image/jpeg', png: 'image/png' } as const

export type Format = keyof typeof TYPES

type Input = { bytes: Uint8Array; format: Format; maxPixels: number; maxBytes: number }

type Output = { pixels: number; bytes: number; data: string } | { refused: 'unreadable' | 'too large' }

// One image a process: more threads and a cache would only take memory, and processors from the server.
sharp.concurrency(1)
sharp.cache(false)

/** Converts an image of `maxPixels` at most to one of `maxBytes` at most, and gives it as a data URL. */
export async function run({ bytes, format, maxPixels, maxBytes }: Input): Promise<Output> {
  try {
    const image = sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
    const { format: kind, width, height } = await image.metadata()
    if (!READABLE.has(kind)) return { refused: 'unreadable' }
    const pixels = width * height
    if (format === 'jpeg') image.flatten({ background: 'white' })
    if (format === 'avif') {
      const chromaSubsampling = pixels > LARGE_PIXELS ? '4:2:0' : '4:4:4'
      image.avif({ effort: AVIF_EFFORT, chromaSubsampling })
    } else image.toFormat(format)
    const output = await image.autoOrient().toBuffer()
    if (output.byteLength > maxBytes) return { refused: 'too large' }
    const data = `data:${TYPES[format]};base64,${output.toString('base64')}`
    return { pixels, bytes: output.byteLength, data }
  } catch {
    return { refused: 'unreadable' }
  }
}
