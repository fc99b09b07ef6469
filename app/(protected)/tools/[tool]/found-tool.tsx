import { notFound } from 'next/navigation'
import { ToolPage } from '@/components/credits/tool-page'
import { readTier } from '@/lib/account/read-tier'
import { findTool } from '@/tools/registry'

/** The page of the tool in a folder, at the prices of a user; not found where there is none. */
export async function FoundTool({ userId, folder }: { userId: string; folder: string }) {
  const tool = await findTool(folder)
  if (!tool) notFound()
  const reader = { userId, tier: await readTier(userId) }
  return <ToolPage userId={userId} tool={tool} url={`/api/tools/${folder}`} form={tool.renderForm(reader)} />
}
