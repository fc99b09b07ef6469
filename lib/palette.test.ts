import { describe, expect, it } from 'vitest'
import { contrast, toHex, toOklch } from './oklch'
import { createPalette } from './palette'

const COLORS = ['#0f7a55', '#2563eb', '#facc15', '#ff0000', '#111111', '#ffffff']

describe('the palette of a brand color', () => {
  it('keeps a color that white text can be read on', () => {
    expect(createPalette('#0f7a55').light.accent).toBe('#0f7a55')
    expect(createPalette('#2563eb').light.accent).toBe('#2563eb')
  })

  it.each(COLORS)('has readable text on %s', (color) => {
    for (const { background, card, text, muted, accent, onAccent } of [
      createPalette(color).light,
      createPalette(color).dark,
    ]) {
      for (const surface of [background, card]) {
        for (const ink of [text, muted, accent]) expect(contrast(ink, surface)).toBeGreaterThanOrEqual(4.5)
      }
      expect(contrast(onAccent, accent)).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('leaves grays without a tint when the brand is gray', () => {
    const { light, dark } = createPalette('#111111')
    for (const color of Object.values({ ...light, ...dark })) expect(toOklch(color).c).toBeLessThan(0.001)
  })

  it.each(COLORS)('turns %s into OKLCH and back', (color) => {
    expect(toHex(toOklch(color))).toBe(color)
  })
})
