import type { Metadata } from 'next'
import { Run } from '@/app/(protected)/runs/[id]/run'
import { requireAccountView } from '@/lib/admin/require-account-view'

export const metadata: Metadata = { title: 'Run, viewed' }

export default async function ViewRunPage({ params }: PageProps<'/admin/users/[id]/view/runs/[run]'>) {
  const { id, run } = await params
  const { user } = await requireAccountView(id)
  return <Run userId={user.id} id={run} />
}
