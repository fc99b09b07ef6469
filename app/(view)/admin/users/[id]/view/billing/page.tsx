import type { Metadata } from 'next'
import { Billing } from '@/app/(protected)/billing/billing'
import { requireAccountView } from '@/lib/admin/require-account-view'

export const metadata: Metadata = { title: 'Billing, viewed' }

export default async function ViewBillingPage({ params }: PageProps<'/admin/users/[id]/view/billing'>) {
  const { user } = await requireAccountView((await params).id)
  return <Billing userId={user.id} />
}
