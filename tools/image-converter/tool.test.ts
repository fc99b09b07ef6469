import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test, vi } from 'vitest'
import type { ToolProgress } from '@/lib/tool-runner/define-tool'
import { runAlone } from '@/lib/tool-runner/testing'
import { convertImages } from './tool'

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

/** A few bytes that claim to be 30,000 by 30,000 pixels. */
async function pixelBomb(): Promise<File> {
  const bytes = Buffer.from(await (await draw()).arrayBuffer())
  bytes.writeUInt32BE(30_000, 16)
  bytes.writeUInt32BE(30_000, 20)
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
  return new File([new Uint8Array(bytes)], 'bomb.png')
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
      await pixelBomb(),
      svg,
      await draw('b.png'),
    ])
    expect({ converted, charged }).toEqual({ converted: 2, charged: [2] })
    const refused = { error: 'This file could not be read as an image.' }
    expect(images).toEqual([
      expect.objectContaining({ name: 'a.webp' }),
      { name: 'notes.txt', ...refused },
      { name: 'bomb.png', ...refused },
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

  test('an unknown format is refused', () => {
    expect(convertImages.input.safeParse({ images: file(1), format: 'gif' }).success).toBe(false)
  })
})
