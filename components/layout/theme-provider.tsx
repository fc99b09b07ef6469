'use client'

import { ThemeProvider as NextThemesProvider } from 'next-themes'
import type { ReactNode } from 'react'

// The root layout sets the theme before the first paint (lib/theme-script.ts), by a script that a policy can allow. That
// of next-themes is declared as data.
const scriptProps = { type: 'application/json' }

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
