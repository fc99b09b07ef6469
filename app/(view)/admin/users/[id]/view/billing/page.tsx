import type { Metadata } from 'next'
import { Billing } from '@/app/(protected)/billing/billing'
import { HEADING } from '@/app/(protected)/billing/heading'
import { requireAccountView } from '@/lib/admin/require-account-view'

export const metadata: Metadata = { title: `${HEADING.title}, viewed` }

export default async function ViewBillingPage({ params }: PageProps<'/admin/users/[id]/view/billing'>) {
  const { user } = await requireAccountView((await params).id)
  return <Billing userId={user.id} />
}
