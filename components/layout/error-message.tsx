'use client'

import { RotateCcwIcon, TriangleAlertIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** The props Next gives an `error.tsx`: whatever was thrown, and a way to render the segment again. */
export type ErrorPageProps = { error: unknown; retry: () => void }

/** The identifier under which the server logged an error, or null when the browser threw it. */
export function errorDigest(error: unknown): string | null {
  if (!(error instanceof Error) || !('digest' in error)) return null
  return typeof error.digest === 'string' ? error.digest : null
}

/** What a part of the app shows in place of itself when it could not be rendered. */
export function ErrorMessage({ error, retry }: ErrorPageProps) {
  const digest = errorDigest(error)
  return (
    <EmptyState
      icon={TriangleAlertIcon}
      title={<h1>This page could not be shown</h1>}
      description={
        <>
          Something went wrong on our side. Your balance is not affected.
          {digest && <span className="mt-1 block font-mono text-xs">Reference {digest}</span>}
        </>
      }
      action={
        <Button variant="outline" onClick={retry}>
          <RotateCcwIcon aria-hidden />
          Try again
        </Button>
      }
      className="min-h-80 justify-center rounded-xl border border-dashed"
    />
  )
}
