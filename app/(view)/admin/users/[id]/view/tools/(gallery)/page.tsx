import type { Metadata } from 'next'
import { Gallery } from '@/app/(protected)/tools/(gallery)/gallery'
import { HEADING } from '@/app/(protected)/tools/(gallery)/heading'
import { requireAccountView } from '@/lib/admin/require-account-view'

export const metadata: Metadata = { title: `${HEADING.title}, viewed` }

export default async function ViewToolsPage({ params }: PageProps<'/admin/users/[id]/view/tools'>) {
  const { user } = await requireAccountView((await params).id)
  return <Gallery userId={user.id} />
}
