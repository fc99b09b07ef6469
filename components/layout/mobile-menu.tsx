'use client'

import { MenuSheet } from './menu-sheet'
import type { NavGroup } from './nav-items'
import { NavLinks } from './nav-links'

/** The pages of the app on small screens. */
export function MobileMenu({ groups }: { groups: readonly NavGroup[] }) {
  return (
    <MenuSheet className="-ml-2 lg:hidden">
      {(close) => <NavLinks groups={groups} onNavigate={close} />}
    </MenuSheet>
  )
}
