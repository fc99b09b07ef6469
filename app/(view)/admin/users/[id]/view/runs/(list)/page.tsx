import type { Metadata } from 'next'
import { HEADING } from '@/app/(protected)/runs/(list)/heading'
import { Runs } from '@/app/(protected)/runs/(list)/runs'
import { requireAccountView } from '@/lib/admin/require-account-view'

export const metadata: Metadata = { title: `${HEADING.title}, viewed` }

type ViewProps = PageProps<'/admin/users/[id]/view/runs'>

export default async function ViewRunsPage({ params, searchParams }: ViewProps) {
  const { user } = await requireAccountView((await params).id)
  return <Runs userId={user.id} query={await searchParams} />
}
