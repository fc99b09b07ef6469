import type { Metadata } from 'next'
import { OverviewCards } from '@/components/admin/overview-cards'
import { PageHeader } from '@/components/layout/page-header'
import { requireAdmin } from '@/lib/auth/roles'

export const metadata: Metadata = { title: 'Admin' }

export default async function AdminPage() {
  await requireAdmin()
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title="Overview" description="Needs attention." />
      {/* #region payments */}
      <OverviewCards />
      {/* #endregion */}
    </div>
  )
}
