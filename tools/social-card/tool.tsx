import { z } from 'zod'
import { COMPLEXITIES, pricesByComplexity } from '@/lib/credits/pricing'
import { geistFonts } from '@/lib/geist-fonts'
import { assertNotBusy, defineHeavyTask } from '@/lib/heavy-work/define-heavy-task'
import { palette } from '@/lib/palette'
import { defineTool } from '@/lib/tool-runner/define-tool'
import { MAX_SUBTITLE_CHARACTERS, MAX_TITLE_CHARACTERS } from './limits'

/** Pixels across, by complexity; cards are 1200 by 630 in proportion, as social networks show them. */
const WIDTHS = { low: 600, medium: 1200, high: 2400 } as const
const RATIO = 630 / 1200

// What Geist has. For other letters, and emoji, fonts would be fetched from the network while drawing.
const drawable =
  /^[ -~\u00a0-\u00ac\u00ae-\u0113\u0116-\u012b\u012e-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u014d\u0150-\u017e\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9–—‘’‚“”„†‡•…‰‹›€™←-↙−≈≠≤≥]*$/u

const line = (name: string, max: number) =>
  z
    .string()
    .trim()
    .normalize()
    .max(max, `The ${name} can have up to ${max} characters.`)
    .regex(drawable, 'Use Latin letters, digits and punctuation only.')

const drawInChild = defineHeavyTask({
  file: new URL('./draw-card.task.mts', import.meta.url),
  source: () => import('./draw-card.task.mts'),
  memoryMb: 300,
  output: z.object({ bytes: z.int(), image: z.string() }),
})

export const prices = () => pricesByComplexity('image-generation')

/** Draws a card for a shared link as a PNG: 600, 1200 or 2400 pixels wide by complexity. */
export const socialCard = defineTool({
  id: 'image-generation',
  name: 'Draw a social card',
  input: z.strictObject({
    title: line('title', MAX_TITLE_CHARACTERS).min(1, 'Enter a title.'),
    subtitle: line('subtitle', MAX_SUBTITLE_CHARACTERS).default(''),
    theme: z.enum(['light', 'dark']).default('light'),
    complexity: z.enum(COMPLEXITIES).default('low'),
  }),
  cost: ({ input }) => prices()[input.complexity],
  explain: ({ complexity }) => ({ rule: 'image-generation × complexity', input: { complexity } }),
  rateLimit: { requests: 20, perSeconds: 60 },
  check: ({ user }) => assertNotBusy(user.id),
  run: async ({ input, user, signal }) => {
    const width = WIDTHS[input.complexity]
    const height = Math.round(width * RATIO)
    const card = Card({ title: input.title, subtitle: input.subtitle, width, theme: palette[input.theme] })
    const drawing = { card: JSON.parse(JSON.stringify(card)), width, height, fonts: await geistFonts() }
    return { ...(await drawInChild(drawing, { userId: user.id, signal })), width, height }
  },
})

type CardProps = {
  title: string
  subtitle: string
  width: number
  theme: typeof palette.light
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
          fontSize: px(titleSize(title)),
          fontWeight: 600,
          letterSpacing: px(-2),
          lineHeight: 1.1,
          wordBreak: 'break-word',
        }}
      >
        {title}
      </div>
      {subtitle && (
        <div style={{ fontSize: px(32), lineHeight: 1.4, wordBreak: 'break-word', color: theme.muted }}>
          {subtitle}
        </div>
      )}
    </div>
  )
}

/** The longest titles still leave room for a subtitle, even in capitals. */
function titleSize({ length }: string): number {
  if (length <= 45) return 80
  return length <= 70 ? 60 : 50
}
