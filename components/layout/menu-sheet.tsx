'use client'

import { MenuIcon } from 'lucide-react'
import dynamic from 'next/dynamic'
import { type ReactNode, useRef, useState } from 'react'
import { buttonVariants } from '@/components/ui/button-variants'

const loadPanel = () => import('./menu-panel').then((module) => module.MenuPanel)
const MenuPanel = dynamic(loadPanel)

type MenuSheetProps = {
  /** Where the button stands, and on which screens. */
  className: string
  side?: 'left' | 'right'
  /** The links; each that stays in this document calls `close`. */
  children: (close: () => void) => ReactNode
}

/** The navigation on small screens, behind a button. What it opens is loaded when somebody is about to. */
export function MenuSheet({ className, side, children }: MenuSheetProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const [isLoaded, setIsLoaded] = useState(false)
  function show() {
    setIsLoaded(true)
    setOpen(true)
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={buttonVariants({ variant: 'ghost', size: 'icon', className })}
        aria-label="Open menu"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={() => void loadPanel()}
        onFocus={() => void loadPanel()}
        onClick={show}
      >
        <MenuIcon aria-hidden />
      </button>
      {isLoaded && (
        <MenuPanel open={open} onOpenChange={setOpen} side={side} onClosed={() => button.current?.focus()}>
          {children(() => setOpen(false))}
        </MenuPanel>
      )}
    </>
  )
}
