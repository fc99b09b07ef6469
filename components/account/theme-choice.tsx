'use client'

import { useTheme } from 'next-themes'
import { useSyncExternalStore } from 'react'
import { THEMES } from '@/components/layout/themes'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'

const never = () => () => undefined

/** Light, dark or as the system has it. The choice lives in the browser, so the server renders none as pressed. */
export function ThemeChoice() {
  const { theme, setTheme } = useTheme()
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <ToggleGroup
      type="single"
      value={inBrowser ? (theme ?? '') : ''}
      onValueChange={(value) => value && setTheme(value)}
      aria-label="Theme"
    >
      {THEMES.map(({ id, label }) => (
        <ToggleGroupItem key={id} value={id}>
          {label}
        </ToggleGroupItem>
      ))}
    </ToggleGroup>
  )
}
