'use client'

import { useTheme } from 'next-themes'
import type { CSSProperties } from 'react'
import { Toaster as Sonner, type ToasterProps } from 'sonner'

const tokens: CSSProperties & Record<`--${string}`, string> = {
  fontFamily: 'inherit',
  '--normal-bg': 'var(--popover)',
  '--normal-text': 'var(--popover-foreground)',
  '--normal-border': 'var(--border)',
  '--border-radius': 'var(--radius)',
}

/** The toasts, in the page's colors; call `toast()` of sonner from anywhere. */
export function Toaster(props: ToasterProps) {
  const { resolvedTheme } = useTheme()
  return <Sonner theme={resolvedTheme === 'dark' ? 'dark' : 'light'} style={tokens} {...props} />
}
