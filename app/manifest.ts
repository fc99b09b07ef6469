import type { MetadataRoute } from 'next'
import { site } from '@/lib/brand'

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: site.name,
    short_name: site.name,
    description: site.description,
    start_url: '/dashboard',
    display: 'standalone',
    background_color: '#fbfdfc',
    theme_color: '#0f7a55',
    icons: [
      { src: '/icon.svg', type: 'image/svg+xml', sizes: 'any' },
      { src: '/apple-icon', type: 'image/png', sizes: '180x180' },
    ],
  }
}
