'use client'

import { useEffect } from 'react'

/**
 * Keeps the focus near where it was when what had it goes away, as the button of what is done now: it passes to what
 * is left around it, so that the next key goes on from there and not from the top of the page.
 */
export function KeepFocus() {
  useEffect(() => {
    let path: HTMLElement[] = []
    function remember({ target }: FocusEvent) {
      path = []
      for (let at = target instanceof HTMLElement ? target : null; at; at = at.parentElement) path.push(at)
    }
    const observer = new MutationObserver(() => {
      if (document.activeElement !== document.body || !path[0] || path[0].isConnected) return
      const left = path.find((element) => element.isConnected)
      path = []
      if (left?.closest('main')) focusQuietly(left)
    })
    document.addEventListener('focusin', remember)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', remember)
      observer.disconnect()
    }
  }, [])
  return null
}

/** Without a mark, since it is no control, and without moving the page. */
function focusQuietly(element: HTMLElement) {
  if (!element.hasAttribute('tabindex')) {
    element.tabIndex = -1
    element.style.outline = 'none'
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
  }
  element.focus({ preventScroll: true })
}
