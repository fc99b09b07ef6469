import sharp from 'sharp'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { geistFonts } from '@/lib/geist-fonts'
import { runAlone } from '@/lib/tool-runner/testing'
import { socialCard } from './tool'

afterEach(() => vi.unstubAllGlobals())

const draw = (input: object) => runAlone(socialCard, input)

async function pixelsOf(dataUrl: string) {
  const image = sharp(Buffer.from(dataUrl.slice('data:image/png;base64,'.length), 'base64'))
  const { channels, dominant } = await image.stats()
  return { ...(await image.metadata()), dominant, contrast: Math.max(...channels.map(({ stdev }) => stdev)) }
}

describe('a card', () => {
  test.each([
    ['low', 600, 315],
    ['medium', 1200, 630],
    ['high', 2400, 1260],
  ])(
    'of %s complexity is a PNG of %i by %i pixels with something drawn on it',
    async (complexity, ...size) => {
      const card = await draw({ title: 'Every credit counted', subtitle: 'Exactly once', complexity })
      const [width, height] = size
      expect(card).toMatchObject({ width, height })
      expect(await pixelsOf(card.image)).toMatchObject({ format: 'png', width, height })
      expect((await pixelsOf(card.image)).contrast).toBeGreaterThan(10)
    },
  )

  test('is light or dark', async () => {
    const light = await pixelsOf((await draw({ title: 'Day', theme: 'light' })).image)
    const dark = await pixelsOf((await draw({ title: 'Night', theme: 'dark' })).image)
    expect(light.dominant.g).toBeGreaterThan(200)
    expect(dark.dominant.g).toBeLessThan(50)
  })

  test('keeps the longest text, and a word without end, within its edges', async () => {
    for (const title of ['Wonderful '.repeat(9).trim(), 'W'.repeat(90)]) {
      const { image } = await draw({ title, subtitle: 'wonder '.repeat(22), complexity: 'low' })
      const card = sharp(Buffer.from(image.slice('data:image/png;base64,'.length), 'base64'))
      for (const strip of [
        { left: 0, top: 0, width: 600, height: 20 },
        { left: 0, top: 295, width: 600, height: 20 },
        { left: 570, top: 0, width: 30, height: 315 },
      ]) {
        const { channels } = await sharp(await card.clone().extract(strip).png().toBuffer()).stats()
        expect(channels[0]?.stdev).toBe(0)
      }
    }
  })

  test('is drawn without the network, whatever letters its title may have', async () => {
    vi.stubGlobal('fetch', vi.fn())
    await draw({ title: 'Zażółć gęślą jaźń → ©®™', subtitle: 'Đặng Ñandú “ß” – €5' })
    expect(fetch).not.toHaveBeenCalled()
  })
})

describe('before anything is charged', () => {
  test.each([
    ['no title', { title: '  ' }],
    ['a title of 91 characters', { title: 'x'.repeat(91) }],
    ['Japanese', { title: '港の歴史' }],
    ['Cyrillic', { title: 'Привет' }],
    ['Arabic digits', { title: '٣٤' }],
    ['an emoji', { title: 'Launch 🚀' }],
    ['an emoji made of a sign', { title: '©\ufe0f 2026' }],
    ['an emoji in the subtitle', { title: 'Launch', subtitle: '🎉' }],
    ['a line break', { title: 'a\nb' }],
    ['an unknown complexity', { title: 'x', complexity: 'huge' }],
    ['a width of the sender', { title: 'x', width: 100_000 }],
  ])('%s is refused', (_, input) => {
    expect(socialCard.input.safeParse(input).success).toBe(false)
  })

  test('letters with their accents apart are put together', () => {
    expect(socialCard.input.parse({ title: 'Cafe\u0301' }).title).toBe('Caf\u00e9')
  })

  test('every letter it takes is in both weights of its font', async () => {
    const takes = (letter: string) => socialCard.input.safeParse({ title: `x${letter}x` }).success
    for (const { data } of await geistFonts()) {
      const missing = []
      const drawable = readCodePoints(data)
      for (let code = 0x20; code < 0x1_0000; code++) {
        const letter = String.fromCodePoint(code)
        if (takes(letter) && letter.normalize() === letter && !drawable.has(code)) missing.push(letter)
      }
      expect(missing).toEqual([])
    }
  })
})

/** The characters of a TrueType font, from the table `cmap` in its format 4. */
function readCodePoints(font: Buffer): Set<number> {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + index * 16)
  const entry = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap') ?? 0
  const cmap = font.readUInt32BE(entry + 8)
  const table = cmap + font.readUInt32BE(cmap + 8)
  expect(font.readUInt16BE(table)).toBe(4)
  const segments = font.readUInt16BE(table + 6) / 2
  const codes = new Set<number>()
  for (let segment = 0; segment < segments; segment++) {
    const last = font.readUInt16BE(table + 14 + segment * 2)
    const first = font.readUInt16BE(table + 16 + segments * 2 + segment * 2)
    for (let code = first; code <= last && code < 0xffff; code++) codes.add(code)
  }
  return codes
}
