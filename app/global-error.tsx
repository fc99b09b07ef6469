'use client'

import { type ErrorPageProps, errorDigest } from '@/components/layout/error-page'
import './globals.css'

/** The last resort, when the root layout itself failed: it brings its own document and asks nothing of anyone. */
export default function GlobalError({ error }: ErrorPageProps) {
  const digest = errorDigest(error)
  return (
    <html lang="en">
      <body className="flex min-h-dvh items-center justify-center p-6 font-sans antialiased">
        <title>Something went wrong</title>
        <main className="grid max-w-md gap-4">
          <h1 className="font-semibold text-3xl tracking-tight">Something went wrong</h1>
          <p className="text-muted-foreground">The app could not start. Please try again in a moment.</p>
          {digest && <p className="text-muted-foreground font-mono text-sm">{`Reference ${digest}`}</p>}
          <button
            type="button"
            className="h-9 w-fit rounded-md bg-primary px-4 font-medium text-primary-foreground text-sm"
            onClick={() => window.location.reload()}
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
