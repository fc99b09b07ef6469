'use client'

import { useEffect } from 'react'

/** What is drawn over the page, and hands the focus back to what opened it, if that is still there. */
const OVERLAYS = '[role=dialog], [role=alertdialog], [role=menu]'

/**
 * Keeps the focus near where it was when what had it goes away, as the button of what is done now, or a dialog together
 * with its button: it passes to what is left around it, so that the next key goes on from there and not from the top of
 * the page.
 */
export function KeepFocus() {
  useEffect(() => {
    let focused: HTMLElement | null = null
    /** What had the focus last on the page itself, and all that was around it. */
    let path: HTMLElement[] = []
    function remember({ target }: FocusEvent) {
      focused = target instanceof HTMLElement ? target : null
      if (!focused?.closest(OVERLAYS)) path = withAncestors(focused)
    }
    const observer = new MutationObserver(() => {
      if (document.activeElement !== document.body || !focused || focused.isConnected) return
      if (document.querySelector(OVERLAYS)) return
      const left = path.find((element) => element.isConnected)
      focused = null
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

function withAncestors(element: HTMLElement | null): HTMLElement[] {
  return element ? [element, ...withAncestors(element.parentElement)] : []
}

/** Without moving the page, and without a mark where it is no control. */
function focusQuietly(element: HTMLElement) {
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
    element.tabIndex = -1
    element.style.outline = 'none'
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
  }
  element.focus({ preventScroll: true })
}
