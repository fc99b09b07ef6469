import type { Metadata } from 'next'
import { MissingPage } from '@/components/layout/missing-page'
import { isAdmin } from '@/lib/auth/roles'
import { getCurrentUser } from '@/lib/auth/session'

export const metadata: Metadata = { title: 'Not found' }

export default async function AdminNotFound() {
  const user = await getCurrentUser()
  const admin = user !== null && (await isAdmin(user))
  return (
    <MissingPage
      home={admin ? { href: '/admin', label: 'Overview' } : { href: '/dashboard', label: 'Dashboard' }}
    />
  )
}
