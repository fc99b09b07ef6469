import { notFound } from 'next/navigation'
import { requireAccountView } from '@/lib/admin/require-account-view'
import { findTool } from '@/tools/registry'

/** Looks for the tool before the skeleton is sent: after it the answer could no longer be a 404. */
export default async function ViewToolLayout({
  params,
  children,
}: LayoutProps<'/admin/users/[id]/view/tools/[tool]'>) {
  const { id, tool } = await params
  await requireAccountView(id)
  if (!(await findTool(tool))) notFound()
  return children
}
