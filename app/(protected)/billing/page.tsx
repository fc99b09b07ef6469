import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { Billing } from './billing'

export const metadata: Metadata = { title: 'Billing' }

export default async function BillingPage() {
  const user = await requireUser('/billing')
  return <Billing userId={user.id} />
}
