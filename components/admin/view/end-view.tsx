'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Asks the server for the page again once the view is over, which then leads away from it. `endsAt` is ISO 8601. */
export function EndView({ endsAt }: { endsAt: string }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setTimeout(() => router.refresh(), Math.max(0, Date.parse(endsAt) - Date.now()))
    return () => clearTimeout(timer)
  }, [endsAt, router])
  return null
}
