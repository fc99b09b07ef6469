import type { ReactNode } from 'react'
import { ADMIN_AREA } from '@/components/admin/admin-area'
import { AppShell } from '@/components/layout/app-shell'
import { isAdmin } from '@/lib/auth/roles'
import { requireUser } from '@/lib/auth/session'
import { listToolLinks } from '@/tools/nav-links'

/** The frame of the admin area; that of the app for who is no admin, and is told below that there is nothing. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const user = await requireUser('/admin')
  return (
    <AppShell user={user} tools={await listToolLinks()} area={(await isAdmin(user)) ? ADMIN_AREA : undefined}>
      {children}
    </AppShell>
  )
}
