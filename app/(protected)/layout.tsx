import type { ReactNode } from 'react'
import { FollowSession } from '@/components/auth/follow-session'
import { AppShell } from '@/components/dashboard/app-shell'
import { requireUser } from '@/lib/auth/session'

export default async function ProtectedLayout({ children }: { children: ReactNode }) {
  const user = await requireUser()
  return (
    <>
      <FollowSession userId={user.id} />
      <AppShell user={user}>{children}</AppShell>
    </>
  )
}
