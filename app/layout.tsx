import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { PublicEnv } from '@/components/layout/public-env'
import { ThemeProvider } from '@/components/layout/theme-provider'
import { RememberTimeZone } from '@/components/reader/remember-time-zone'
import { Toaster } from '@/components/ui/sonner'
import { brand } from '@/lib/brand'
import { env } from '@/lib/env'
import { palette } from '@/lib/palette'
import { THEME_SCRIPT } from '@/lib/theme-script'
import { cn } from '@/lib/utils'
import './globals.css'

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: palette.light.background },
    { media: '(prefers-color-scheme: dark)', color: palette.dark.background },
  ],
}

export async function generateMetadata(): Promise<Metadata> {
  await connection()
  return {
    metadataBase: new URL(env().APP_URL),
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

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The environment is read per request, never at build time.
  await connection()
  return (
    <html
      lang="en"
      suppressHydrationWarning
      data-scroll-behavior="smooth"
      className={cn(GeistSans.variable, GeistMono.variable)}
    >
      <body className="min-h-dvh font-sans antialiased">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-md focus:bg-card focus:px-4 focus:py-2 focus:text-sm focus:shadow-md"
        >
          Skip to content
        </a>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, before anything is painted. */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
        <PublicEnv />
        <RememberTimeZone />
        <ThemeProvider>
          {children}
          <Toaster />
        </ThemeProvider>
      </body>
    </html>
  )
}
