import 'server-only'
import { isAdmin } from '@/lib/auth/roles'
import { requireApiUser } from '@/lib/auth/session'

/**
 * Whether this user is an admin, in the session of this request. Why: the product asks by session, so that one that was
 * ended counts no more, and refuses by itself in `adminRoute`.
 */
export async function verifyAdminRole(user: { id: string }): Promise<boolean> {
  const current = await requireApiUser()
  return current.id === user.id && (await isAdmin(current))
}
