'use client'

import { type ComponentType, useState } from 'react'

/**
 * A menu that is loaded when somebody is about to open it. Until `Menu` is there, its button has `triggers`; from then
 * on it belongs into the menu, which opens at once.
 */
export function useMenuOnDemand<Props>(load: () => Promise<ComponentType<Props>>) {
  const [Menu, setMenu] = useState<ComponentType<Props> | null>(null)
  function open() {
    load().then(
      (loaded) => setMenu(() => loaded),
      (error) =>
        // Told by the page's own error boundary: the menu of an older version is gone.
        setMenu(() => {
          throw error
        }),
    )
  }
  const prepare = () => void load().catch(() => undefined)
  const triggers = Menu
    ? {}
    : {
        'aria-haspopup': 'menu' as const,
        'aria-expanded': false,
        onPointerEnter: prepare,
        onFocus: prepare,
        onClick: open,
      }
  return { Menu, triggers }
}
