'use client'

import { type ErrorPageProps, errorDigest } from '@/components/layout/error-page'
import './globals.css'

/**
 * The last resort, when the root layout itself failed: it brings its own document and asks nothing of anyone, for its
 * theme and its font no more than the system.
 */
export default function GlobalError({ error }: ErrorPageProps) {
  const digest = errorDigest(error)
  return (
    <html lang="en" className="[color-scheme:light_dark]!">
      <body className="flex min-h-dvh items-center justify-center bg-[Canvas] p-6 text-[CanvasText] antialiased">
        <title>Something went wrong</title>
        <main className="grid max-w-md gap-4">
          <h1 className="font-semibold text-3xl tracking-tight">Something went wrong</h1>
          <p>The app could not start. Please try again in a moment.</p>
          {digest && <p className="font-mono text-sm">{`Reference ${digest}`}</p>}
          <button
            type="button"
            className="h-11 w-fit rounded-md border border-current px-4 font-medium text-sm"
            onClick={() => window.location.reload()}
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
