import type { ReactNode } from 'react'
import { ADMIN_AREA } from '@/components/admin/admin-area'
import { AppShell } from '@/components/layout/app-shell'
import { requireAdmin } from '@/lib/auth/roles'
import { listToolLinks } from '@/tools/nav-links'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const admin = await requireAdmin()
  return (
    <AppShell user={admin} tools={await listToolLinks()} area={ADMIN_AREA}>
      {children}
    </AppShell>
  )
}
