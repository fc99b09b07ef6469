import type { ReactNode } from 'react'
import { AppShell } from '@/components/layout/app-shell'
import { requireUser } from '@/lib/auth/session'
import { listToolLinks } from '@/tools/nav-links'

export default async function ProtectedLayout({ children }: { children: ReactNode }) {
  const user = await requireUser()
  return (
    <AppShell user={user} tools={await listToolLinks()}>
      {children}
    </AppShell>
  )
}
