import {
  CreditCardIcon,
  GaugeIcon,
  type LucideIcon,
  PlusCircleIcon,
  ReceiptTextIcon,
  SettingsIcon,
  ShieldIcon,
} from 'lucide-react'
import type { Route } from 'next'
import { TOOLS } from '@/tools/registry'

type NavItem = { href: Route; label: string; icon: LucideIcon; adminOnly?: true }

export const NAV_ITEMS: readonly NavItem[] = [
  { href: '/dashboard', label: 'Dashboard', icon: GaugeIcon },
  ...TOOLS.map(({ href, name, icon }) => ({ href, label: name, icon })),
  // #region payments
  { href: '/buy-credits', label: 'Buy credits', icon: PlusCircleIcon },
  { href: '/billing', label: 'Billing', icon: CreditCardIcon },
  // #endregion
  { href: '/transactions', label: 'Transactions', icon: ReceiptTextIcon },
  { href: '/settings', label: 'Settings', icon: SettingsIcon },
  // #region admin
  { href: '/admin', label: 'Admin', icon: ShieldIcon, adminOnly: true },
  // #endregion
]
