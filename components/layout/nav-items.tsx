import {
  CreditCardIcon,
  GaugeIcon,
  HistoryIcon,
  LayoutGridIcon,
  LifeBuoyIcon,
  PlusCircleIcon,
  ReceiptTextIcon,
  SettingsIcon,
  ShieldIcon,
} from 'lucide-react'
import type { Route } from 'next'
import type { ReactNode } from 'react'

type Href =
  // #region admin
  | `/admin/users/${string}`
  // #endregion
  | Route
  | `/tools/${string}`

export type NavItem = {
  href: Href
  label: string
  icon: ReactNode
  adminOnly?: true
  /** The pages below it have items of their own. */
  exact?: true
}

/** Pages that belong together, under what they have in common. */
export type NavGroup = { label?: string; items: NavItem[] }

/** Signed-in pages with a navigation of their own. `isWide`: most of them are tables, which take what room there is. */
export type NavArea = { name: string; home: Href; groups: NavGroup[]; isWide?: true }

/** A tool among them, and the wallet that pays for it. */
export type ToolNavItem = NavItem & { creditType: string }

/** The pages of the app in their order, by group, with the tools among them. */
export function appArea(tools: readonly NavItem[], isAdmin: boolean): NavArea {
  return { name: 'Main', home: '/dashboard', groups: appGroups(tools, isAdmin) }
}

function appGroups(tools: readonly NavItem[], isAdmin: boolean): NavGroup[] {
  const account: NavItem[] = [
    { href: '/settings', label: 'Settings', icon: <SettingsIcon aria-hidden /> },
    { href: '/help', label: 'Help', icon: <LifeBuoyIcon aria-hidden /> },
    { href: '/admin', label: 'Admin', icon: <ShieldIcon aria-hidden />, adminOnly: true }, // #only admin
  ]
  return [
    { items: [{ href: '/dashboard', label: 'Dashboard', icon: <GaugeIcon aria-hidden /> }] },
    {
      label: 'Tools',
      items: [
        { href: '/tools', label: 'All tools', icon: <LayoutGridIcon aria-hidden />, exact: true },
        ...tools,
        { href: '/runs', label: 'Runs', icon: <HistoryIcon aria-hidden /> },
      ],
    },
    {
      label: 'Money',
      items: [
        // #region payments
        { href: '/buy-credits', label: 'Buy credits', icon: <PlusCircleIcon aria-hidden /> },
        { href: '/billing', label: 'Billing', icon: <CreditCardIcon aria-hidden /> },
        // #endregion
        { href: '/transactions', label: 'Transactions', icon: <ReceiptTextIcon aria-hidden /> },
      ],
    },
    { label: 'Account', items: account.filter(({ adminOnly }) => isAdmin || !adminOnly) },
  ]
}
