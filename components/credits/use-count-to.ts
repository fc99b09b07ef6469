'use client'

import { useEffect, useRef, useState } from 'react'

const DURATION_MS = 450
/** A step this small has no numbers worth showing on the way. */
const SMALL_STEP = 5

function jumps(distance: number): boolean {
  return (
    Math.abs(distance) <= SMALL_STEP ||
    document.hidden ||
    window.matchMedia('(prefers-reduced-motion: reduce)').matches
  )
}

/**
 * The number to draw while `target` changes: it counts to a new value, slowing down at the end. Small steps,
 * hidden tabs and people who asked for less motion get the new value at once.
 */
export function useCountTo(target: number): number {
  const [shown, setShown] = useState(target)
  const current = useRef(target)

  useEffect(() => {
    const from = current.current
    const show = (value: number) => {
      current.current = value
      setShown(value)
    }
    if (jumps(target - from)) {
      show(target)
      return
    }
    const start = performance.now()
    let frame = requestAnimationFrame(function step(now) {
      const progress = Math.min(1, Math.max(0, (now - start) / DURATION_MS))
      show(Math.round(from + (target - from) * (1 - (1 - progress) ** 3)))
      if (progress < 1) frame = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(frame)
  }, [target])

  return shown
}
