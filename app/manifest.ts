import type { MetadataRoute } from 'next'
import { brand } from '@/lib/brand'
import { palette } from '@/lib/palette'

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: brand.name,
    short_name: brand.name,
    description: brand.description,
    start_url: '/dashboard',
    display: 'standalone',
    background_color: palette.light.background,
    theme_color: palette.light.accent,
    icons: [
      { src: '/icon.svg', type: 'image/svg+xml', sizes: 'any' },
      { src: '/apple-icon.png', type: 'image/png', sizes: '180x180' },
    ],
  }
}
