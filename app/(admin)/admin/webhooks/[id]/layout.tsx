import { requireAdmin } from '@/lib/auth/roles'
import { findEvent } from './find-event'

/** Looks for the event before the skeleton is sent: after it the answer could no longer be a 404. */
export default async function EventLayout({ params, children }: LayoutProps<'/admin/webhooks/[id]'>) {
  await requireAdmin()
  await findEvent(params)
  return children
}
