'use client'

import { RotateCcwIcon, TriangleAlertIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { useNewVersion } from './use-new-version'

/** The props Next gives an `error.tsx`: whatever was thrown, and a way to render the segment again. */
export type ErrorPageProps = { error: unknown; retry: () => void }

/** What a page says that is older than the app. */
export const NEW_VERSION = {
  title: 'There is a new version',
  description: 'This page is from before it, and is loaded again. What you typed is kept.',
}

/** The identifier under which the server logged an error, or null when the browser threw it. */
export function errorDigest(error: unknown): string | null {
  if (!(error instanceof Error) || !('digest' in error)) return null
  return typeof error.digest === 'string' ? error.digest : null
}

/**
 * What a part of the app shows in place of itself when it could not be rendered. It promises nothing about what the
 * person did before: that may have been carried out, and only the page failed.
 */
export function ErrorMessage({ error, retry }: ErrorPageProps) {
  const digest = errorDigest(error)
  const isOld = useNewVersion(error)
  return (
    <EmptyState
      icon={TriangleAlertIcon}
      title={<h1>{isOld ? NEW_VERSION.title : 'This page could not be shown'}</h1>}
      description={
        <>
          <span>
            {isOld
              ? NEW_VERSION.description
              : 'Something went wrong. If you had just sent something, check whether it was done first.'}
          </span>
          {digest && <span className="mt-1 block font-mono text-xs">{`Reference ${digest}`}</span>}
        </>
      }
      action={
        <Button variant="outline" onClick={isOld ? () => window.location.reload() : retry}>
          <RotateCcwIcon aria-hidden />
          Try again
        </Button>
      }
      className="min-h-80 justify-center rounded-xl border border-dashed"
    />
  )
}
