'use client'

import { type RefObject, useEffect } from 'react'
import { holdsText, keepDraft, restoreDraft } from './tool-drafts'

/** How long nobody types before a draft is kept. */
const TYPING_MS = 200

/** Keeps what the form of a tool holds across pages and signing in again, until a run of it has succeeded. */
export function useDraft(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const element = form.current
    if (!element) return
    // Where this form stands: by the time it goes, the address is that of the next page.
    const path = window.location.pathname
    restoreDraft(element, path)
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
    // What was typed before the scripts had come told nobody, and React gives it back to its field after this effect.
    const adopting = setTimeout(() => {
      if (holdsText(element)) keepSoon()
    })
    element.addEventListener('input', keepSoon)
    element.addEventListener('click', onClick)
    window.addEventListener('pagehide', keep)
    return () => {
      clearTimeout(adopting)
      keep()
      element.removeEventListener('input', keepSoon)
      element.removeEventListener('click', onClick)
      window.removeEventListener('pagehide', keep)
    }
  }, [form])
}
