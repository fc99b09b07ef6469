import type { ReactNode } from 'react'
import { AdminNav } from '@/components/admin/admin-nav'
import { AppShell } from '@/components/layout/app-shell'
import { requireAdmin } from '@/lib/auth/roles'
import { listToolLinks } from '@/tools/nav-links'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const admin = await requireAdmin()
  return (
    <AppShell user={admin} tools={await listToolLinks()}>
      <AdminNav />
      {children}
    </AppShell>
  )
}
