import { ImageResponse } from 'next/og'

export const size = { width: 180, height: 180 }
export const contentType = 'image/png'

const bar = { position: 'absolute', borderRadius: 11, background: '#fff' } as const

/** The mark of app/icon.svg on a full square: the system rounds the corners itself. */
export default function AppleIcon() {
  return new ImageResponse(
    <div style={{ display: 'flex', width: '100%', height: '100%', background: '#0f7a55' }}>
      <div style={{ ...bar, left: 43, top: 38, width: 22, height: 104 }} />
      <div style={{ ...bar, left: 43, top: 120, width: 94, height: 22 }} />
      <div style={{ ...bar, left: 98, top: 42, width: 39, height: 39, borderRadius: 20 }} />
    </div>,
    size,
  )
}
