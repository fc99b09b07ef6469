import { requireAdmin } from '@/lib/auth/roles'
import { findUser } from './find-user'

/** Looks for the user before the skeleton is sent: after it the answer could no longer be a 404. */
export default async function UserLayout({ params, children }: LayoutProps<'/admin/users/[id]'>) {
  await requireAdmin()
  await findUser(params)
  return children
}
