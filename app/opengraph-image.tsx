import { ImageResponse } from 'next/og'
import { brand } from '@/lib/brand'
import { geistFonts } from '@/lib/geist-fonts'
import { palette } from '@/lib/palette'

export const alt = `${brand.name}: ${brand.tagline}`
export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'

const { background, text, muted, line, accent, onAccent } = palette.dark
const row = { height: 12, borderRadius: 6, background: line } as const
const page = {
  display: 'flex',
  flexDirection: 'column',
  justifyContent: 'space-between',
  width: '100%',
  height: '100%',
  padding: 80,
  background,
  color: text,
  fontFamily: 'Geist',
} as const

/** The card a shared link shows: the name, the sentence, and the rows of a ledger. Drawn once, at build time. */
export default async function OpenGraphImage() {
  return new ImageResponse(
    <div style={page}>
      <div style={{ display: 'flex', alignItems: 'center', gap: 18, fontSize: 34, fontWeight: 600 }}>
        <svg viewBox="0 0 32 32" width="52" height="52" aria-hidden="true">
          <rect width="32" height="32" rx="8" fill={accent} />
          <path
            d={brand.mark}
            fill="none"
            stroke={onAccent}
            strokeWidth="5"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
        {brand.name}
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 28 }}>
        <div style={{ fontSize: 76, fontWeight: 600, letterSpacing: -3 }}>{`${brand.tagline}.`}</div>
        <div style={{ fontSize: 30, lineHeight: 1.45, color: muted, maxWidth: 960 }}>{brand.description}</div>
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 18 }}>
        <div style={{ ...row, width: 1040 }} />
        <div style={{ ...row, width: 760 }} />
        <div style={{ ...row, width: 340, background: accent }} />
      </div>
    </div>,
    { ...size, fonts: await geistFonts() },
  )
}
