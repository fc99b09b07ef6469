'use client'

import { ThemeProvider as NextThemesProvider } from 'next-themes'
import type { ReactNode } from 'react'

// The script that sets the theme before the first paint has done its work by the time React runs in the browser.
// There it is declared as data, because React warns of scripts that it will not execute.
const scriptProps = typeof window === 'undefined' ? undefined : { type: 'application/json' }

/** Light, dark, or as the system has it: a class on `<html>`, kept in local storage. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <NextThemesProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      scriptProps={scriptProps}
    >
      {children}
    </NextThemesProvider>
  )
}
