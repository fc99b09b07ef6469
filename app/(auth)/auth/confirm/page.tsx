import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { mailedLink } from '@/lib/auth/mailed-link'
import { getCurrentUser } from '@/lib/auth/session'
import { MailedLinkForm } from './mailed-link-form'

export const metadata: Metadata = { title: 'Your link' }

/** Where every mailed link leads. Programs open links before people do, so only the button redeems one. */
export default async function MailedLinkPage({ searchParams }: PageProps<'/auth/confirm'>) {
  const link = mailedLink.safeParse(await searchParams)
  if (!link.success) redirect('/link-expired')
  const user = await getCurrentUser()
  return <MailedLinkForm link={link.data} signedInAs={user?.email} />
}
