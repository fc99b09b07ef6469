import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

const SHEET_PX = { width: 2_000, height: 1_500 }
const GAP_PX = 12
const CELLS_ACROSS: Record<number, number> = { 320: 8, 390: 7, 768: 5, 1440: 3, 1920: 3 }

/** Puts the pictures of a folder side by side, the tops of long ones, on as many sheets as they take. */
export async function makeSheets(folder: string, width: number, target: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.png')).sort()
  const across = CELLS_ACROSS[width] ?? 4
  const cell = Math.floor((SHEET_PX.width - GAP_PX) / across) - GAP_PX
  const tall = width < 768 ? 720 : Math.round(cell * 0.9)
  const down = Math.max(1, Math.floor((SHEET_PX.height - GAP_PX) / (tall + GAP_PX)))
  const sheets: string[] = []
  for (let from = 0; from < files.length; from += across * down) {
    const cells = files.slice(from, from + across * down)
    const composed = await Promise.all(
      cells.map(async (file, index) => ({
        input: await shrink(join(folder, file), cell, tall),
        left: GAP_PX + (index % across) * (cell + GAP_PX),
        top: GAP_PX + Math.floor(index / across) * (tall + GAP_PX),
      })),
    )
    const sheet = `${target}-${sheets.length + 1}.png`
    const height = GAP_PX + Math.ceil(cells.length / across) * (tall + GAP_PX)
    await sharp({ create: { width: SHEET_PX.width, height, channels: 3, background: '#888' } })
      .composite(composed)
      .png()
      .toFile(sheet)
    sheets.push(sheet)
  }
  return sheets
}

/** The picture as wide as a cell, cut off where it is taller. */
async function shrink(file: string, width: number, tall: number): Promise<Buffer> {
  const small = await sharp(file).resize({ width }).png().toBuffer()
  const { height } = await sharp(small).metadata()
  if (height <= tall) return small
  return await sharp(small).extract({ left: 0, top: 0, width, height: tall }).toBuffer()
}
