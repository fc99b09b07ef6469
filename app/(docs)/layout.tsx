import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { SiteFrame } from '@/components/marketing/site-frame'

/** As the public pages look, under the policy of those where people type what is secret: here, a key of theirs. */
export default async function DocsLayout({ children }: { children: ReactNode }) {
  await connection()
  return <SiteFrame>{children}</SiteFrame>
}
