import sharp from 'sharp'
import { brand } from '@/lib/brand'
import { palette } from '@/lib/palette'

const FAVICON_SIZES = [16, 32, 48]

/** The mark on a tile. @param radius of its corners: systems round an app's icon themselves */
export function drawIcon(radius: number): string {
  const { accent, onAccent } = palette.light
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <title>${brand.name.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</title>
  <rect width="32" height="32" rx="${radius}" fill="${accent}"/>
  <path d="${brand.mark}" fill="none" stroke="${onAccent}" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>
</svg>
`
}

/** An icon as a PNG of `size` by `size` pixels. */
export async function toPng(svg: string, size: number): Promise<Buffer> {
  return await sharp(Buffer.from(svg), { density: (72 * size) / 32 })
    .resize(size, size)
    .png()
    .toBuffer()
}

/** An icon as favicon.ico: a directory of PNGs, in the sizes that browsers ask for. */
export async function toIco(svg: string): Promise<Buffer> {
  const pictures = await Promise.all(FAVICON_SIZES.map((size) => toPng(svg, size)))
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  for (const [index, picture] of pictures.entries()) {
    const entry = 6 + 16 * index
    const size = FAVICON_SIZES[index] ?? 0
    header.writeUInt8(size, entry)
    header.writeUInt8(size, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(picture.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += picture.length
  }
  return Buffer.concat([header, ...pictures])
}
