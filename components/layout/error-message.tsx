'use client'

import { RotateCcwIcon, TriangleAlertIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { type ErrorPageProps, errorDigest, NEW_VERSION } from './error-page'
import { useNewVersion } from './use-new-version'

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
