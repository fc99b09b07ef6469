'use client'

import { type RefObject, useEffect, useLayoutEffect } from 'react'
import { keepDraft, restoreDraft } from './tool-drafts'

/** How long nobody types before a draft is kept. */
const TYPING_MS = 200

/** Keeps what the form of a tool holds across pages and signing in again, until a run of it has succeeded. */
export function useDraft(form: RefObject<HTMLFormElement | null>): void {
  // Before what was typed is given to React, once the scripts have come: that is kept like any other typing.
  useLayoutEffect(() => {
    const element = form.current
    if (!element) return
    // Where this form stands: by the time it goes, the address is that of the next page.
    const path = window.location.pathname
    let timer: ReturnType<typeof setTimeout> | undefined
    const keep = () => {
      if (timer === undefined) return
      clearTimeout(timer)
      timer = undefined
      keepDraft(element, path)
    }
    const keepSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(keep, TYPING_MS)
    }
    // A choice is a button, and tells of itself by the click alone.
    const onClick = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('[data-choice]')) keepSoon()
    }
    element.addEventListener('input', keepSoon)
    element.addEventListener('click', onClick)
    window.addEventListener('pagehide', keep)
    return () => {
      keep()
      element.removeEventListener('input', keepSoon)
      element.removeEventListener('click', onClick)
      window.removeEventListener('pagehide', keep)
    }
  }, [form])

  useEffect(() => {
    if (form.current) restoreDraft(form.current, window.location.pathname)
  }, [form])
}
