'use client'

import { unstable_isUnrecognizedActionError } from 'next/navigation'
import { useEffect } from 'react'
import { keepLastSent } from './kept-input'

const NOTICE = 'A new version of this page was loaded. Check the form, then send it again.'

/**
 * Whether a page failed because a newer version of the app was deployed since it was loaded: the server no longer knows
 * what its form calls. Then the page is loaded anew, with what was typed.
 */
export function useNewVersion(error: unknown): boolean {
  const isOld = unstable_isUnrecognizedActionError(error) || isMissingChunk(error)
  useEffect(() => {
    if (!unstable_isUnrecognizedActionError(error)) return
    keepLastSent(NOTICE)
    window.location.reload()
  }, [error])
  return isOld
}

/** A part of the page that the newer version no longer has. Loading it anew by itself might never end. */
function isMissingChunk(error: unknown): boolean {
  return error instanceof Error && error.name === 'ChunkLoadError'
}
