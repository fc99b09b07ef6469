'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { TIME_ZONE_COOKIE } from '@/lib/reader/reader-input'

const A_YEAR_IN_SECONDS = 31_536_000

/** Whether this tab has just told its zone. Pages before the sign-in have the component below without `shown`. */
let isNews = false

/**
 * Tells the server the zone of this browser.
 *
 * @param shown the zone that the page around it was made for: made for another one, it is asked for again
 */
export function RememberTimeZone({ shown }: { shown?: string }) {
  const router = useRouter()
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const cookie = `${TIME_ZONE_COOKIE}=${encodeURIComponent(timeZone)}`
    if (!document.cookie.split('; ').includes(cookie)) {
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
      document.cookie = `${cookie}; path=/; max-age=${A_YEAR_IN_SECONDS}; samesite=lax`
      isNews = true
    }
    if (!isNews || !shown) return
    isNews = false
    if (shown !== timeZone) router.refresh()
  }, [router, shown])
  return null
}
