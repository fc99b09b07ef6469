import { ImageResponse } from 'next/og'

export const size = { width: 180, height: 180 }
export const contentType = 'image/png'

const bar = { position: 'absolute', height: 20, borderRadius: 10, background: '#fff' } as const

/** The mark of app/icon.svg on a full square: the system rounds the corners itself. */
export default function AppleIcon() {
  return new ImageResponse(
    <div style={{ display: 'flex', width: '100%', height: '100%', background: '#0f7a55' }}>
      <div style={{ ...bar, left: 42, top: 98, width: 96 }} />
      <div style={{ ...bar, left: 42, top: 58, width: 50, opacity: 0.7 }} />
      <div style={{ ...bar, left: 114, top: 56, width: 24, height: 24, borderRadius: 12 }} />
    </div>,
    size,
  )
}
