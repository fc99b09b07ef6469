import type { ReactNode } from 'react'
import { getCurrentUser } from '@/lib/auth/session'
import { SiteFooter } from './site-footer'
import { SiteHeader } from './site-header'

/** The frame of the pages that need no sign-in: their header, and their footer. */
export async function SiteFrame({ children }: { children: ReactNode }) {
  const user = await getCurrentUser()
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader signedIn={user !== null} />
      <main id="content" className="flex-1">
        {children}
      </main>
      <SiteFooter />
    </div>
  )
}
