import type { Metadata } from 'next'
import { Dashboard } from '@/app/(protected)/dashboard/dashboard'
import { HEADING } from '@/app/(protected)/dashboard/heading'
import { requireAccountView } from '@/lib/admin/require-account-view'

export const metadata: Metadata = { title: `${HEADING.title}, viewed` }

type ViewProps = PageProps<'/admin/users/[id]/view/dashboard'>

export default async function ViewDashboardPage({ params, searchParams }: ViewProps) {
  const { user } = await requireAccountView((await params).id)
  return <Dashboard userId={user.id} query={await searchParams} />
}
