import { ImageResponse } from 'next/og'
import { z } from 'zod'
import { COMPLEXITIES, calculateToolCost } from '@/lib/credits/pricing'
import { geistFonts } from '@/lib/geist-fonts'
import { defineTool } from './define-tool'

/** Pixels across, by complexity; cards are 1200 by 630 in proportion, as social networks show them. */
const WIDTHS = { low: 600, medium: 1200, high: 2400 } as const
const RATIO = 630 / 1200

const THEMES = {
  light: { background: '#f7faf8', text: '#17211c', muted: '#5b6b63', accent: '#0b7a55' },
  dark: { background: '#0c100e', text: '#eef3f0', muted: '#9aa8a1', accent: '#3ecf95' },
} as const

// Other letters would need fonts from the network while drawing.
const drawable = /^[\p{Script=Latin}\p{Mn}\p{N}\p{P}\p{Zs}\p{Sc}+<=>|~^`°©®™]*$/u

const line = (name: string, most: number) =>
  z
    .string()
    .trim()
    .max(most, `The ${name} may have ${most} characters.`)
    .regex(drawable, `The ${name} may have Latin letters, digits and punctuation.`)

/** Draws a card for a shared link as a PNG: 600, 1200 or 2400 pixels wide by complexity. */
export const socialCard = defineTool({
  id: 'image-generation',
  name: 'Draw a social card',
  input: z.strictObject({
    title: line('title', 90).min(1, 'Enter a title.'),
    subtitle: line('subtitle', 160).default(''),
    theme: z.enum(['light', 'dark']).default('light'),
    complexity: z.enum(COMPLEXITIES).default('low'),
  }),
  cost: ({ input }) => calculateToolCost('image-generation', input.complexity),
  explain: ({ complexity }) => ({ rule: 'image-generation × complexity', input: { complexity } }),
  rateLimit: { requests: 20, perSeconds: 60 },
  run: async ({ input }) => {
    const width = WIDTHS[input.complexity]
    const height = Math.round(width * RATIO)
    const card = (
      <Card title={input.title} subtitle={input.subtitle} width={width} theme={THEMES[input.theme]} />
    )
    const image = new ImageResponse(card, { width, height, fonts: await geistFonts() })
    const png = Buffer.from(await image.arrayBuffer())
    return { image: `data:image/png;base64,${png.toString('base64')}`, width, height, bytes: png.byteLength }
  },
})

type CardProps = {
  title: string
  subtitle: string
  width: number
  theme: (typeof THEMES)[keyof typeof THEMES]
}

function Card({ title, subtitle, width, theme }: CardProps) {
  // Everything is drawn for 1200 pixels and scaled.
  const px = (pixels: number) => Math.round((pixels * width) / 1200)
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'center',
        gap: px(28),
        width: '100%',
        height: '100%',
        padding: px(88),
        background: theme.background,
        color: theme.text,
        fontFamily: 'Geist',
      }}
    >
      <div style={{ width: px(96), height: px(12), borderRadius: px(6), background: theme.accent }} />
      <div
        style={{
          fontSize: px(title.length > 45 ? 60 : 80),
          fontWeight: 600,
          letterSpacing: px(-2),
          lineHeight: 1.1,
        }}
      >
        {title}
      </div>
      {subtitle && <div style={{ fontSize: px(32), lineHeight: 1.4, color: theme.muted }}>{subtitle}</div>}
    </div>
  )
}
