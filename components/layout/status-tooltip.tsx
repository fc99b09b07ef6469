'use client'

import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'

type StatusTooltipProps = {
  /** What the child names in `aria-describedby`. */
  id: string
  text: string | undefined
  children: ReactNode
}

/** A sentence about what is pointed at or focused, below it, until Escape. */
export function StatusTooltip({ id, text, children }: StatusTooltipProps) {
  const [isOpen, setIsOpen] = useState(false)
  const close = () => setIsOpen(false)
  function onPointerEnter({ pointerType }: PointerEvent) {
    if (pointerType === 'mouse') setIsOpen(true)
  }
  function onKeyDown({ key }: KeyboardEvent) {
    if (key === 'Escape') close()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it watches what is done to the child, and does nothing itself.
    <span
      className="relative flex"
      onPointerEnter={onPointerEnter}
      onPointerLeave={close}
      onFocus={({ target }) => setIsOpen(target.matches(':focus-visible'))}
      onBlur={close}
      onClick={close}
      onKeyDown={onKeyDown}
    >
      <span className="contents">{children}</span>
      {isOpen && text && (
        <span
          role="tooltip"
          id={id}
          className="fade-in-0 absolute top-full right-0 z-50 w-max animate-in pt-1.5"
        >
          <span className="block max-w-64 text-balance rounded-md bg-foreground px-2.5 py-1.5 text-background text-xs">
            {text}
          </span>
        </span>
      )}
    </span>
  )
}
