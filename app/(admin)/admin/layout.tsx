import { requireAdmin } from '@/lib/auth/roles'

/** For everybody but admins there is nothing here, which is told within the frame they know. */
export default async function AdminPagesLayout({ children }: LayoutProps<'/admin'>) {
  await requireAdmin()
  return children
}
