import { notFound } from 'next/navigation'
import { readRun } from '@/lib/account/read-run'
import { requireAccountView } from '@/lib/admin/require-account-view'

/** Looks for the run before the skeleton is sent: after it the answer could no longer be a 404. */
export default async function ViewRunLayout({
  params,
  children,
}: LayoutProps<'/admin/users/[id]/view/runs/[run]'>) {
  const { id, run } = await params
  const { user } = await requireAccountView(id)
  if (!(await readRun(user.id, run))) notFound()
  return children
}
