'use client'

import { OnDemand } from '@/components/ui/on-demand'

const loadItems = () => import('./user-menu-items').then((module) => module.UserMenuItems)

/** Settings, theme and the way out. */
export function UserMenu(props: { email: string; name: string }) {
  const shownName = props.name || props.email
  const button = (
    <button
      type="button"
      aria-label={`Account menu of ${shownName}`}
      data-testid="user-menu"
      className="-m-1.5 rounded-full p-1.5"
    >
      <span className="flex size-8 shrink-0 select-none items-center justify-center rounded-full bg-secondary font-medium text-secondary-foreground text-xs uppercase">
        {shownName.slice(0, 1)}
      </span>
    </button>
  )
  return <OnDemand kind="menu" load={loadItems} button={button} props={props} />
}
