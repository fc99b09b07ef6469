import type { ReactNode } from 'react'
import { SiteFooter } from '@/components/marketing/site-footer'
import { SiteHeader } from '@/components/marketing/site-header'
import { getCurrentUser } from '@/lib/auth/session'

/** As the public pages look, under the policy of those where people type what is secret: here, a key of theirs. */
export default async function DocsLayout({ children }: { children: ReactNode }) {
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
