import {
  GaugeIcon,
  type LucideIcon,
  PlusCircleIcon,
  ReceiptTextIcon,
  SettingsIcon,
  ShieldIcon,
  SparklesIcon,
} from 'lucide-react'
import type { Route } from 'next'

type NavItem = { href: Route; label: string; icon: LucideIcon }

export const NAV_ITEMS: readonly NavItem[] = [
  { href: '/dashboard', label: 'Dashboard', icon: GaugeIcon },
  { href: '/example-tool', label: 'Example tool', icon: SparklesIcon },
  { href: '/buy-credits', label: 'Buy credits', icon: PlusCircleIcon },
  { href: '/transactions', label: 'Transactions', icon: ReceiptTextIcon },
  { href: '/settings', label: 'Settings', icon: SettingsIcon },
]

export const ADMIN_ITEM: NavItem = { href: '/admin', label: 'Admin', icon: ShieldIcon }
