import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { Billing } from './billing'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

export default async function BillingPage() {
  const user = await requireUser('/billing')
  return <Billing userId={user.id} />
}
