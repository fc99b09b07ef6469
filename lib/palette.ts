import { brand } from './brand.ts'
import { contrast, type Oklch, toHex, toOklch } from './oklch.ts'

/** WCAG AA for text of any size. */
const READABLE = 4.5
/** The chroma the tints below are made for; a duller brand color gets duller tints, gray gets none. */
const FULL_CHROMA = 0.112

/** @param color the accent, as #rrggbb */
export function createPalette(color: string) {
  const accent = toOklch(color)
  const strength = Math.min(1, accent.c / FULL_CHROMA)
  const tint = (l: number, c: number) => toHex({ l, c: c * strength, h: accent.h })
  return {
    hue: round(accent.h),
    strength: round(strength),
    light: {
      background: tint(0.99, 0.002),
      card: '#ffffff',
      text: tint(0.21, 0.01),
      muted: tint(0.49, 0.012),
      line: tint(0.915, 0.005),
      accent: darken(accent, tint(0.955, 0.006)),
      onAccent: '#ffffff',
    },
    dark: {
      background: tint(0.165, 0.006),
      card: tint(0.195, 0.007),
      text: tint(0.945, 0.004),
      muted: tint(0.69, 0.012),
      line: tint(0.275, 0.009),
      accent: tint(0.775, 0.15),
      onAccent: tint(0.18, 0.035),
    },
  }
}

/** The colors of the brand outside of CSS: in mails, pictures and the manifest. */
export const palette = createPalette(brand.color)

/** As light as it may be to be read on `surface`, the darkest that it stands on; white can be read on it then too. */
function darken({ l, c, h }: Oklch, surface: string): string {
  const color = toHex({ l, c, h })
  return contrast(color, surface) >= READABLE ? color : darken({ l: l - 0.005, c, h }, surface)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
