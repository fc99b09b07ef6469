'use client'

import { type ComponentType, useState } from 'react'

/**
 * A menu or a dialog that is loaded when somebody is about to open it. Until it is there, as `Loaded`, its button stands
 * alone, with `triggers`; from then on the button belongs into it, and it opens at once.
 *
 * @param load gives the component: it takes the button, and is open when it is mounted.
 */
export function useOnDemand<Props>(kind: 'menu' | 'dialog', load: () => Promise<ComponentType<Props>>) {
  const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(null)
  function open() {
    load().then(
      (loaded) => setLoaded(() => loaded),
      (error) =>
        // Told by the page's own error boundary: what an older version would have opened is gone.
        setLoaded(() => {
          throw error
        }),
    )
  }
  const prepare = () => void load().catch(() => undefined)
  const triggers = Loaded
    ? {}
    : {
        'aria-haspopup': kind,
        'aria-expanded': false,
        onPointerEnter: prepare,
        onFocus: prepare,
        onClick: open,
      }
  return { Loaded, triggers }
}
