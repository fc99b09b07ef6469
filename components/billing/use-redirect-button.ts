'use client'

import { useCallback, useEffect, useRef, useState } from 'react'

/**
 * For a button that leads to a page of the payment provider: `leaving` from the click until the browser has left, so that a
 * double click asks for one page.
 */
export function useRedirectButton() {
  const busy = useRef(false)
  const [leaving, setLeaving] = useState(false)

  const setBusy = useCallback((value: boolean) => {
    // The ref answers at once; the state would let a second click through before the next render.
    busy.current = value
    setLeaving(value)
  }, [])

  useEffect(() => {
    // "Back" may bring this page out of the browser's cache just as it was left: busy.
    function onPageShow(event: PageTransitionEvent) {
      if (event.persisted) setBusy(false)
    }
    window.addEventListener('pageshow', onPageShow)
    return () => window.removeEventListener('pageshow', onPageShow)
  }, [setBusy])

  /** Goes where `findUrl` says. @throws what it throws; then the button is free again */
  async function leave(findUrl: () => Promise<string>): Promise<void> {
    if (busy.current) return
    setBusy(true)
    try {
      window.location.assign(await findUrl())
    } catch (error) {
      setBusy(false)
      throw error
    }
  }

  return { leaving, leave }
}
