import { notFound } from 'next/navigation'
import { readRun } from '@/lib/account/read-run'
import { requireUser } from '@/lib/auth/session'

/** Looks for the run before the skeleton is sent: after it the answer could no longer be a 404. */
export default async function RunLayout({ params, children }: LayoutProps<'/runs/[id]'>) {
  const { id } = await params
  const user = await requireUser(`/runs/${id}`)
  if (!(await readRun(user.id, id))) notFound()
  return children
}
