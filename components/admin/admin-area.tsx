import {
  ArrowLeftIcon,
  ChartLineIcon,
  InboxIcon,
  LayoutDashboardIcon,
  PackageIcon,
  RepeatIcon,
  ScaleIcon,
  ScrollTextIcon,
  UsersIcon,
  WalletIcon,
  WrenchIcon,
} from 'lucide-react'
import type { NavArea } from '@/components/layout/nav-items'

/** The pages of the admin area, and the way back to those of everybody. */
export const ADMIN_AREA: NavArea = {
  name: 'Admin',
  home: '/admin',
  isWide: true,
  groups: [
    { items: [{ href: '/dashboard', label: 'Back to the app', icon: <ArrowLeftIcon aria-hidden /> }] },
    {
      label: 'Admin',
      items: [
        { href: '/admin', label: 'Overview', icon: <LayoutDashboardIcon aria-hidden />, exact: true },
        { href: '/admin/users', label: 'Users', icon: <UsersIcon aria-hidden /> },
        { href: '/admin/tools', label: 'Tools', icon: <WrenchIcon aria-hidden /> },
        { href: '/admin/audit', label: 'Audit', icon: <ScrollTextIcon aria-hidden /> },
      ],
    },
    // #region payments
    {
      label: 'Money',
      items: [
        { href: '/admin/business', label: 'Business', icon: <ChartLineIcon aria-hidden /> },
        { href: '/admin/payments', label: 'Payments', icon: <WalletIcon aria-hidden /> },
        { href: '/admin/subscriptions', label: 'Subscriptions', icon: <RepeatIcon aria-hidden /> },
        { href: '/admin/packages', label: 'Packages', icon: <PackageIcon aria-hidden /> },
        { href: '/admin/webhooks', label: 'Webhooks', icon: <InboxIcon aria-hidden /> },
        { href: '/admin/reconciliation', label: 'Reconciliation', icon: <ScaleIcon aria-hidden /> },
      ],
    },
    // #endregion
  ],
}
