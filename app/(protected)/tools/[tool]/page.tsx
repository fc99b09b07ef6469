import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LastRun } from '@/components/credits/last-run'
import { ToolOffNotice } from '@/components/credits/tool-off-notice'
import { PageHeader } from '@/components/layout/page-header'
import { readTier } from '@/lib/account/read-tier'
import { readToolSwitches } from '@/lib/account/read-tool-switches'
import { requireUser } from '@/lib/auth/session'
import { findTool } from '@/tools/registry'

type Props = PageProps<'/tools/[tool]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const tool = await findTool((await params).tool)
  return { title: tool?.name }
}

export default async function ToolPage({ params }: Props) {
  const { tool: folder } = await params
  const user = await requireUser(`/tools/${folder}`)
  const tool = await findTool(folder)
  if (!tool) notFound()
  const off = (await readToolSwitches()).get(tool.id)
  const reader = { userId: user.id, tier: await readTier(user.id) }
  const content = off ? <ToolOffNotice message={off} /> : tool.renderForm(reader)
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title={tool.name} description={tool.description} />
      <LastRun userId={user.id} tool={tool.id} url={`/api/tools/${folder}`} />
      {content}
    </div>
  )
}
