import { ImageResponse } from 'next/og.js'

type Input = {
  /** React elements of HTML alone, as JSON has them. */
  card: { type: string; key: null; props: Record<string, unknown> }
  width: number
  height: number
  fonts: { name: string; data: Uint8Array<ArrayBuffer>; weight: 400 | 600 }[]
}

/** Draws a card as a PNG, and gives it as a data URL. */
export async function run({ card, width, height, fonts }: Input): Promise<{ bytes: number; image: string }> {
  const drawn = new ImageResponse(card, {
    ...{ width, height },
    fonts: fonts.map((font) => ({ ...font, data: new Uint8Array(font.data).buffer })),
  })
  const png = Buffer.from(await drawn.arrayBuffer())
  return { bytes: png.byteLength, image: `data:image/png;base64,${png.toString('base64')}` }
}
