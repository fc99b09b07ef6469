'use client'

import { type RefObject, useEffect, useState } from 'react'
import type { FieldMessages } from '@/components/ui/field'
import { runStore } from '@/lib/credit-manager'
import { readFieldErrors } from './read-field-errors'

type RunEnd = {
  form: RefObject<HTMLFormElement | null>
  result: RefObject<HTMLElement | null>
}

/** What is wrong with the fields of a form after a run that was refused; brings the result of one that succeeded into view. */
export function useRunEnd({ form, result }: RunEnd) {
  const [messages, setMessages] = useState<FieldMessages>({})
  useEffect(
    () =>
      runStore.onEnd((end) => {
        if (end.page !== window.location.pathname) return
        if (!end.ok) return setMessages(readFieldErrors(end.error))
        setMessages({})
        // Once the result is there.
        requestAnimationFrame(() => result.current && showResult(result.current))
      }),
    [result],
  )

  // The first field that is wrong takes the focus, once it says so.
  useEffect(() => {
    if (Object.keys(messages).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [messages, form])

  function clear(field: string) {
    if (Object.hasOwn(messages, field)) setMessages(({ [field]: _, ...others }) => others)
  }

  return { messages, clear, clearAll: () => setMessages({}) }
}

function showResult(result: HTMLElement): void {
  const focused = document.activeElement
  const isTyping = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement
  // Who types the next one already is not interrupted.
  if (isTyping) return
  result.focus({ preventScroll: true })
  const { top, bottom } = result.getBoundingClientRect()
  const isInView = top >= 0 && Math.min(bottom, top + 200) <= window.innerHeight
  if (isInView) return
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  result.scrollIntoView({ block: 'start', behavior: isCalm ? 'auto' : 'smooth' })
}
