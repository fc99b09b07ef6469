import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test, vi } from 'vitest'
import { FairQueue } from '@/lib/heavy-work/fair-queue'
import type { ToolProgress } from '@/lib/tool-runner/define-tool'
import { runAlone } from '@/lib/tool-runner/testing'
import { readPixels } from './check-pixels'
import { convertImages } from './tool'

vi.mock('./limits', async (original) => ({
  ...(await original<typeof import('./limits')>()),
  // Small, so that reaching it takes little of the time that a conversion is given.
  MAX_OUTPUT_BYTES: 1024 ** 2,
}))

type Format = 'png' | 'jpeg' | 'webp' | 'avif'

/** A picture 40 pixels wide and 20 high, red on the left and see-through on the right. */
function draw(name = 'red.png', format: Format | 'gif' = 'png'): Promise<File> {
  const half = { create: { width: 20, height: 20, channels: 4, background: 'red' } } as const
  const picture = sharp(half).extend({ right: 20, background: { r: 0, g: 0, b: 0, alpha: 0 } })
  return picture
    .toFormat(format)
    .toBuffer()
    .then((bytes) => new File([new Uint8Array(bytes)], name))
}

const broken = new File(['not an image at all'], 'notes.txt')
const svg = new File(['<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'], 'drawing.svg')

/** A few bytes that claim to be `side` by `side` pixels. */
async function claim(side: number): Promise<File> {
  const bytes = Buffer.from(await (await draw()).arrayBuffer())
  bytes.writeUInt32BE(side, 16)
  bytes.writeUInt32BE(side, 20)
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
  return new File([new Uint8Array(bytes)], 'bomb.png')
}

/** One color, `side` pixels wide and high: few bytes, much work. */
async function drawLarge(side: number, format: 'png' | 'tiff' = 'png'): Promise<File> {
  const create = { width: side, height: side, channels: 3, background: 'teal' } as const
  const bytes = await sharp({ create }).toFormat(format, { compression: 'lzw' }).toBuffer()
  return new File([new Uint8Array(bytes)], `large.${format}`)
}

async function convert(images: File[], format: Format = 'webp', signal?: AbortSignal) {
  const steps: ToolProgress[] = []
  const charge = vi.fn<(credits: number) => void>()
  const progress = (step: ToolProgress) => steps.push(step)
  const result = await runAlone(
    convertImages,
    { images, format },
    { charge, progress, ...(signal && { signal }) },
  )
  return { ...result, steps, charged: charge.mock.calls.flat() }
}

function read(image: object | undefined): Promise<Buffer> {
  if (!image || !('data' in image)) throw new Error('It was not converted.')
  return fetch(String(image.data)).then(async (response) => Buffer.from(await response.arrayBuffer()))
}

describe('an image', () => {
  test.each([
    ['webp', 'webp', 'red.webp'],
    ['avif', 'heif', 'red.avif'],
    ['jpeg', 'jpeg', 'red.jpg'],
    ['png', 'png', 'red.png'],
  ] as const)('becomes %s', async (format, kind, name) => {
    const { images, charged } = await convert([await draw()], format)
    const bytes = await read(images[0])
    expect(await sharp(bytes).metadata()).toMatchObject({ format: kind, width: 40, height: 20 })
    expect(images[0]).toMatchObject({ name, bytes: bytes.byteLength })
    expect(charged).toEqual([1])
  })

  test.each(['jpeg', 'webp', 'avif', 'gif'] as const)('may be %s, whatever its name says', async (format) => {
    const { converted } = await convert([await draw('picture.bmp', format)], 'png')
    expect(converted).toBe(1)
  })

  test('that is see-through becomes white as a JPEG, which cannot be', async () => {
    const { images } = await convert([await draw()], 'jpeg')
    const right = { left: 30, top: 5, width: 5, height: 5 }
    const { channels } = await sharp(
      await sharp(await read(images[0]))
        .extract(right)
        .png()
        .toBuffer(),
    ).stats()
    expect(Math.min(...channels.map(({ min }) => min))).toBeGreaterThan(250)
  })

  test('that was held sideways stands upright, without its camera and place', async () => {
    const turned = await sharp(await (await draw()).arrayBuffer())
      .withExif({ IFD0: { Artist: 'Ada' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const { images } = await convert([new File([new Uint8Array(turned)], 'turned.jpg')])
    const { width, height, exif } = await sharp(await read(images[0])).metadata()
    expect({ width, height, exif }).toEqual({ width: 20, height: 40, exif: undefined })
  })
})

describe('a batch', () => {
  test('charges for the images that worked and names those that did not', async () => {
    const { images, converted, charged } = await convert([
      await draw('a.png'),
      broken,
      svg,
      await draw('b.png'),
    ])
    expect({ converted, charged }).toEqual({ converted: 2, charged: [2] })
    const refused = { error: 'This file could not be read as an image.' }
    expect(images).toEqual([
      expect.objectContaining({ name: 'a.webp' }),
      { name: 'notes.txt', ...refused },
      { name: 'drawing.svg', ...refused },
      expect.objectContaining({ name: 'b.webp' }),
    ])
  })

  test('reports each image as it comes to it, and the end', async () => {
    const { steps } = await convert([await draw('a.png'), broken, await draw('c.png')])
    expect(steps).toEqual([
      { done: 0, total: 3, message: 'Converting a.png' },
      { done: 1, total: 3, message: 'Converting notes.txt' },
      { done: 2, total: 3, message: 'Converting c.png' },
      { done: 3, total: 3, message: 'Done' },
    ])
  })

  test('in which nothing worked is refused as a whole', async () => {
    await expect(convert([broken, svg])).rejects.toMatchObject({
      status: 400,
      message: 'None of these files could be read as an image.',
    })
  })

  test('stops within a second in the middle of an image when the client goes away', async () => {
    const client = new AbortController()
    const large = await drawLarge(7_000)
    const failed = expect(convert([large, large], 'avif', client.signal)).rejects.toThrow('gone')
    const children = () => process.getActiveResourcesInfo().filter((resource) => resource === 'ProcessWrap')
    await vi.waitUntil(() => children().length > 0)
    const abortedAt = performance.now()
    client.abort(new Error('gone'))
    await failed
    expect(performance.now() - abortedAt).toBeLessThan(1_000)
    await vi.waitUntil(() => children().length === 0)
  })

  test('is ended at the limit of pixels even if a header did not say how many there are', async () => {
    const tiff = await drawLarge(7_100, 'tiff')
    await expect(convert([tiff], 'png')).rejects.toMatchObject({ status: 400 })
    const { images } = await convert([await draw(), tiff], 'png')
    expect(images[1]).toEqual({ name: 'large.tiff', error: 'This file could not be read as an image.' })
  })

  test('whose images become larger than may be sent keeps those before, at their price', async () => {
    // Noise grows when it is kept exactly.
    const side = 500
    const noise = await sharp(randomBytes(side * side * 3), {
      raw: { width: side, height: side, channels: 3 },
    })
      .jpeg({ quality: 60 })
      .toBuffer()
    const photo = new File([new Uint8Array(noise)], 'photo.jpg')
    const { images, charged } = await convert([photo, photo], 'png')
    expect(images[0]).toMatchObject({ name: 'photo.png' })
    expect(images[1]).toEqual({ name: 'photo.jpg', error: 'This image would be too large.' })
    expect(charged).toEqual([1])
  })

  test('that finds the server busy keeps what is converted by then; without any it is refused with 503', async () => {
    const queue = new FairQueue({
      ...{ places: 2, memoryMb: 1_150, maxWaiting: 9, maxWaitingPerUser: 9 },
      maxWaitMs: 5,
    })
    vi.stubGlobal('heavyWorkQueue', queue)
    const occupy = (userId: string) =>
      queue.enter({ userId, memoryMb: 575, signal: new AbortController().signal })
    const charge = vi.fn<(credits: number) => void>()
    const input = { images: [await draw('a.png'), await draw('b.png')], format: 'webp' }
    const taken: Promise<Disposable>[] = []
    const result = await runAlone(convertImages, input, {
      charge,
      progress: ({ done, total }) => {
        if (done === 1 && done < total) taken.push(occupy('bob'), occupy('cyd'))
      },
    })
    const message = 'The server is busy. Try again in 10 seconds.'
    expect(result.images).toEqual([
      expect.objectContaining({ name: 'a.webp' }),
      { name: 'b.png', error: message },
    ])
    expect(charge).toHaveBeenCalledExactlyOnceWith(1)
    await expect(runAlone(convertImages, input)).rejects.toMatchObject({
      status: 503,
      code: 'server_busy',
      message,
    })
    for (const place of await Promise.all(taken)) place[Symbol.dispose]()
    vi.unstubAllGlobals()
  })

  test('stops before the next image when the client goes away', async () => {
    const gone = AbortSignal.abort(new Error('gone'))
    await expect(convert([await draw(), await draw()], 'webp', gone)).rejects.toThrow('gone')
  })

  test('costs a credit an image, before it is known which will work', async () => {
    const input = convertImages.input.parse({ images: [await draw(), broken], format: 'png' })
    expect(convertImages.cost({ input, tier: null })).toBe(2)
    expect(convertImages.explain?.(input)).toEqual({
      rule: '1 per image converted',
      input: { images: 2, format: 'png' },
    })
  })
})

describe('before anything is charged', () => {
  const file = (bytes: number) => new File([new Uint8Array(bytes)], 'x.png')

  test('a single file counts as a list of one', () => {
    expect(convertImages.input.parse({ images: file(1), format: 'png' }).images).toHaveLength(1)
  })

  test.each([
    ['no image', undefined, 'Choose images.'],
    ['text instead of files', 'x.png', 'Choose images.'],
    ['an empty file', file(0), 'An image is empty.'],
    ['a file of more than 8 MB', file(8 * 1024 * 1024 + 1), 'Each image can be up to 8 MB.'],
    ['eleven files', Array.from({ length: 11 }, () => file(1)), 'Choose at most 10 images.'],
  ])('%s is refused in words', (_, images, message) => {
    const { error } = convertImages.input.safeParse({ images, format: 'png' })
    expect(error?.issues.map((issue) => issue.message)).toEqual([message])
  })

  const check = async (images: File[], format: Format = 'avif') =>
    convertImages.check?.({
      input: convertImages.input.parse({ images, format }),
      user: { id: 'u', email: 'u' },
    })

  test('more pixels than may be converted are refused by the headers, for an image and for all of them', async () => {
    await expect(check([await draw(), await claim(7_100)])).rejects.toMatchObject({
      ...{ code: 'too_many_pixels', status: 413 },
      message: 'Each image can have up to 50 million pixels.',
    })
    await expect(check([await claim(7_000), await claim(7_000), await claim(7_000)])).rejects.toMatchObject({
      ...{ code: 'too_many_pixels', status: 413, details: { maxPixels: 120_000_000 } },
      message: 'Together the images can have up to 120 million pixels.',
    })
    await expect(check([await claim(7_000), broken, await draw('a.webp', 'webp')])).resolves.toBeUndefined()
  })

  test.each(['png', 'jpeg', 'webp', 'avif', 'gif'] as const)(
    'the header of a %s tells its pixels',
    async (format) => {
      expect(await readPixels(await draw('x', format))).toBe(40 * 20)
    },
  )

  test('a run that could not even wait is refused with 503 and when to try again', async () => {
    const queue = new FairQueue({
      places: 2,
      memoryMb: 100,
      maxWaiting: 0,
      maxWaitingPerUser: 0,
      maxWaitMs: 5,
    })
    vi.stubGlobal('heavyWorkQueue', queue)
    await expect(check([await draw()])).rejects.toMatchObject({
      status: 503,
      details: { retryAfterSeconds: 10 },
    })
    vi.unstubAllGlobals()
  })

  test('an unknown format is refused', () => {
    expect(convertImages.input.safeParse({ images: file(1), format: 'gif' }).success).toBe(false)
  })
})
