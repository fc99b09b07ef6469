import { notFound } from 'next/navigation'
import { findTool } from '@/tools/registry'

/** Looks for the tool before the skeleton is sent: after it the answer could no longer be a 404. */
export default async function ToolLayout({ params, children }: LayoutProps<'/tools/[tool]'>) {
  if (!(await findTool((await params).tool))) notFound()
  return children
}
