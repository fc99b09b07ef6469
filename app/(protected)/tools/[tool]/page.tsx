import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { findTool } from '@/tools/registry'
import { FoundTool } from './found-tool'

type Props = PageProps<'/tools/[tool]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const tool = await findTool((await params).tool)
  return { title: tool?.name }
}

export default async function Page({ params }: Props) {
  const { tool: folder } = await params
  const user = await requireUser(`/tools/${folder}`)
  return <FoundTool userId={user.id} folder={folder} />
}
