'use client'

import { useEffect } from 'react'

/**
 * Takes out of the address, and with it out of the history of the browser, what the provider has added and nobody needs to
 * find the purchase again: the buyer's e-mail address among it.
 */
export function TidyReturn({ kept }: { kept: readonly string[] }) {
  useEffect(() => {
    const url = new URL(window.location.href)
    const spare = [...url.searchParams.keys()].filter((name) => !kept.includes(name))
    if (spare.length === 0) return
    for (const name of spare) url.searchParams.delete(name)
    window.history.replaceState(null, '', url)
  }, [kept])
  return null
}
