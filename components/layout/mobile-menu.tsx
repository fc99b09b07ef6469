'use client'

import { MenuSheet } from './menu-sheet'
import type { NavArea } from './nav-items'
import { NavLinks } from './nav-links'

/** The pages of an area on small screens. */
export function MobileMenu({ area }: { area: NavArea }) {
  return (
    <MenuSheet className="-ml-2 lg:hidden">
      {(close) => <NavLinks area={area} onNavigate={close} />}
    </MenuSheet>
  )
}
