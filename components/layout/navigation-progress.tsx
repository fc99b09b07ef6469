'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import { onNavigationStart } from '@/lib/navigation-start'

/** A navigation that ends sooner needs no bar: it would only flash. */
const SHOW_AFTER_MS = 180
/** One that is led back to where it began changes no address: its bar goes by itself. */
const HIDE_AFTER_MS = 15_000

/** A thin bar at the top while a navigation takes noticeably long, by a link, a button or the browser's own. */
export function NavigationProgress() {
  const address = `${usePathname()}?${useSearchParams()}`
  const [slowFrom, setSlowFrom] = useState<string | null>(null)

  useEffect(() => {
    let timers: number[] = []
    const forget = () => {
      for (const timer of timers) window.clearTimeout(timer)
      timers = []
    }
    const stop = onNavigationStart(({ pathname, search }) => {
      forget()
      if (pathname === window.location.pathname && search === window.location.search) return
      timers = [
        window.setTimeout(() => setSlowFrom(address), SHOW_AFTER_MS),
        window.setTimeout(() => setSlowFrom(null), HIDE_AFTER_MS),
      ]
    })
    return () => {
      stop()
      forget()
      setSlowFrom(null)
    }
  }, [address])

  if (slowFrom !== address) return null
  return (
    <div
      role="progressbar"
      aria-label="Loading page"
      className="fixed inset-x-0 top-0 z-50 h-0.5 origin-left animate-progress bg-primary motion-reduce:animate-none"
    />
  )
}
