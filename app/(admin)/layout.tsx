import type { ReactNode } from 'react'
import { AdminNav } from '@/components/admin/admin-nav'
import { AppShell } from '@/components/layout/app-shell'
import { requireAdmin } from '@/lib/auth/roles'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const admin = await requireAdmin()
  return (
    <AppShell user={admin}>
      <AdminNav />
      {children}
    </AppShell>
  )
}
