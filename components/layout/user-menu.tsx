'use client'

import { useMenuOnDemand } from './use-menu-on-demand'

const loadItems = () => import('./user-menu-items').then((module) => module.UserMenuItems)

/** Settings, theme and the way out. */
export function UserMenu({ email, name }: { email: string; name: string }) {
  const { Menu, triggers } = useMenuOnDemand(loadItems)
  const shownName = name || email
  const button = (
    <button
      type="button"
      aria-label={`Account menu of ${shownName}`}
      data-testid="user-menu"
      className="rounded-full"
      {...triggers}
    >
      <span className="flex size-8 shrink-0 select-none items-center justify-center rounded-full bg-secondary font-medium text-secondary-foreground text-xs uppercase">
        {shownName.slice(0, 1)}
      </span>
    </button>
  )
  return Menu ? <Menu button={button} email={email} name={name} /> : button
}
