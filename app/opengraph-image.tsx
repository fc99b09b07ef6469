import { ImageResponse } from 'next/og'
import { site } from '@/lib/site'

export const alt = `${site.name}: ${site.tagline}`
export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'

const row = { height: 14, borderRadius: 7, background: '#22302a' } as const

/** The card a shared link shows: the name, the sentence, and the rows of a ledger. */
export default function OpenGraphImage() {
  return new ImageResponse(
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        width: '100%',
        height: '100%',
        padding: 80,
        background: '#0c100e',
        color: '#eef3f0',
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', gap: 20, fontSize: 34 }}>
        <div style={{ width: 22, height: 22, borderRadius: 11, background: '#3ecf95' }} />
        {site.name}
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 28 }}>
        <div style={{ fontSize: 84, letterSpacing: -3, lineHeight: 1.05 }}>{site.tagline}.</div>
        <div style={{ fontSize: 30, lineHeight: 1.4, color: '#9aa8a1', maxWidth: 900 }}>
          {site.description}
        </div>
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 18 }}>
        <div style={{ ...row, width: 1040 }} />
        <div style={{ ...row, width: 760 }} />
        <div style={{ ...row, width: 340, background: '#3ecf95' }} />
      </div>
    </div>,
    size,
  )
}
