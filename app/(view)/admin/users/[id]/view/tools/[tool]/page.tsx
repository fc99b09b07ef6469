import type { Metadata } from 'next'
import { FoundTool } from '@/app/(protected)/tools/[tool]/found-tool'
import { requireAccountView } from '@/lib/admin/require-account-view'

export const metadata: Metadata = { title: 'Tool, viewed' }

export default async function ViewToolPage({ params }: PageProps<'/admin/users/[id]/view/tools/[tool]'>) {
  const { id, tool } = await params
  const { user } = await requireAccountView(id)
  return <FoundTool userId={user.id} folder={tool} />
}
