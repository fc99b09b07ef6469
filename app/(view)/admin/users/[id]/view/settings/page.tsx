import type { Metadata } from 'next'
import { HEADING } from '@/app/(protected)/settings/heading'
import { Settings } from '@/app/(protected)/settings/settings'
import { requireAccountView } from '@/lib/admin/require-account-view'

export const metadata: Metadata = { title: `${HEADING.title}, viewed` }

export default async function ViewSettingsPage({ params }: PageProps<'/admin/users/[id]/view/settings'>) {
  const { user } = await requireAccountView((await params).id)
  return <Settings user={user} sessionId={null} />
}
