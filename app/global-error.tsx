'use client'

import { type ErrorPageProps, errorDigest } from '@/components/layout/error-message'
import { useNewVersion } from '@/components/layout/use-new-version'
import { Button } from '@/components/ui/button'
import './globals.css'

/** The last resort, when the root layout itself failed: it brings its own document and asks nothing of anyone. */
export default function GlobalError({ error, retry }: ErrorPageProps) {
  const digest = errorDigest(error)
  const isOld = useNewVersion(error)
  return (
    <html lang="en">
      <body className="flex min-h-dvh items-center justify-center p-6 font-sans antialiased">
        <title>Something went wrong</title>
        <main className="grid max-w-md gap-4">
          <h1 className="font-semibold text-3xl tracking-tight">Something went wrong</h1>
          <p className="text-muted-foreground">The app could not start. Please try again in a moment.</p>
          {digest && <p className="text-muted-foreground font-mono text-sm">{`Reference ${digest}`}</p>}
          <Button className="w-fit" onClick={isOld ? () => window.location.reload() : retry}>
            Try again
          </Button>
        </main>
      </body>
    </html>
  )
}
