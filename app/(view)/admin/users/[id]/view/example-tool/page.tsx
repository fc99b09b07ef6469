import type { Metadata } from 'next'
import { ExampleTool } from '@/app/(protected)/example-tool/example-tool'
import { requireAccountView } from '@/lib/admin/require-account-view'

export const metadata: Metadata = { title: 'Summarize a text, viewed' }

type ViewProps = PageProps<'/admin/users/[id]/view/example-tool'>

export default async function ViewExampleToolPage({ params }: ViewProps) {
  const { user } = await requireAccountView((await params).id)
  return <ExampleTool userId={user.id} />
}
