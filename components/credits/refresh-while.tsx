'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const REFRESH_MS = 1_500

type RefreshWhileProps = {
  active: boolean
  /** How often, in milliseconds. */
  everyMs?: number
}

/** Renders the page's server parts again every so often while `active` and seen: for what changes no balance of its reader. */
export function RefreshWhile({ active, everyMs = REFRESH_MS }: RefreshWhileProps) {
  const router = useRouter()
  useEffect(() => {
    if (!active) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [active, everyMs, router])
  return null
}
