import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ToolPage } from '@/components/credits/tool-page'
import { readTier } from '@/lib/account/read-tier'
import { requireUser } from '@/lib/auth/session'
import { findTool } from '@/tools/registry'

type Props = PageProps<'/tools/[tool]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const tool = await findTool((await params).tool)
  return { title: tool?.name }
}

export default async function Page({ params }: Props) {
  const { tool: folder } = await params
  const user = await requireUser(`/tools/${folder}`)
  const tool = await findTool(folder)
  if (!tool) notFound()
  const reader = { userId: user.id, tier: await readTier(user.id) }
  return <ToolPage userId={user.id} tool={tool} url={`/api/tools/${folder}`} form={tool.renderForm(reader)} />
}
