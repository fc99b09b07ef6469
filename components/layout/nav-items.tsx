import {
  CreditCardIcon,
  GaugeIcon,
  HistoryIcon,
  PlusCircleIcon,
  ReceiptTextIcon,
  SettingsIcon,
  ShieldIcon,
} from 'lucide-react'
import type { Route } from 'next'
import type { ReactNode } from 'react'

export type NavItem = { href: Route | `/tools/${string}`; label: string; icon: ReactNode; adminOnly?: true }

/** A tool among them, and the wallet that pays for it. */
export type ToolNavItem = NavItem & { creditType: string }

/** The pages of the app in their order, with the tools among them. */
export function navItems(tools: readonly NavItem[], isAdmin: boolean): NavItem[] {
  const items: NavItem[] = [
    { href: '/dashboard', label: 'Dashboard', icon: <GaugeIcon aria-hidden /> },
    ...tools,
    // #region payments
    { href: '/buy-credits', label: 'Buy credits', icon: <PlusCircleIcon aria-hidden /> },
    { href: '/billing', label: 'Billing', icon: <CreditCardIcon aria-hidden /> },
    // #endregion
    { href: '/transactions', label: 'Transactions', icon: <ReceiptTextIcon aria-hidden /> },
    { href: '/runs', label: 'Runs', icon: <HistoryIcon aria-hidden /> },
    { href: '/settings', label: 'Settings', icon: <SettingsIcon aria-hidden /> },
    { href: '/admin', label: 'Admin', icon: <ShieldIcon aria-hidden />, adminOnly: true }, // #only admin
  ]
  return items.filter(({ adminOnly }) => isAdmin || !adminOnly)
}
