import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { ThemeProvider } from '@/components/layout/theme-provider'
import { SIGNED_IN_SCRIPT } from '@/lib/auth/signed-in-script'
import { brand } from '@/lib/brand'
import { env } from '@/lib/env'
import { isBuilding } from '@/lib/env/is-building'
import { palette } from '@/lib/palette'
import { THEME_SCRIPT } from '@/lib/theme-script'
import { fontClasses } from './fonts'
import './globals.css'

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: palette.light.background },
    { media: '(prefers-color-scheme: dark)', color: palette.dark.background },
  ],
}

export function generateMetadata(): Metadata {
  return {
    // No page that is made at build time, where there is no environment, carries an address.
    metadataBase: isBuilding ? null : new URL(env().APP_URL),
    title: { default: `${brand.name} · ${brand.tagline}`, template: `%s · ${brand.name}` },
    description: brand.description,
    applicationName: brand.name,
    icons: {
      icon: [
        { url: '/favicon.ico', sizes: '48x48' },
        { url: '/icon.svg', type: 'image/svg+xml' },
      ],
      apple: '/apple-icon.png',
    },
    openGraph: {
      type: 'website',
      siteName: brand.name,
      title: brand.tagline,
      description: brand.description,
    },
    twitter: { card: 'summary_large_image' },
  }
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning data-scroll-behavior="smooth" className={fontClasses}>
      <body className="min-h-dvh font-sans antialiased">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-md focus:bg-card focus:px-4 focus:py-2 focus:text-sm focus:shadow-md"
        >
          Skip to content
        </a>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, before anything is painted. */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: another one. */}
        <script dangerouslySetInnerHTML={{ __html: SIGNED_IN_SCRIPT }} />
        <ThemeProvider>{children}</ThemeProvider>
      </body>
    </html>
  )
}
