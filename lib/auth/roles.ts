import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { ForbiddenError } from '@/lib/http/errors'
import { createAdminClient } from '@/lib/supabase/admin'
import { type CurrentUser, requireApiUser, requireUser } from './session'

/** Asked of the database on every request, so that a role taken away is gone at once. */
export const isAdmin = cache(async (userId: string): Promise<boolean> => {
  const { data, error } = await createAdminClient()
    .from('user_roles')
    .select('role')
    .eq('user_id', userId)
    .eq('role', 'admin')
    .maybeSingle()
  if (error) throw new Error(`The role of a user could not be read: ${error.message}`)
  return data !== null
})

/** For admin pages: strangers are sent to the login page; other users are told there is no such page. */
export async function requireAdmin(nextPath = '/admin'): Promise<CurrentUser> {
  const user = await requireUser(nextPath)
  if (!(await isAdmin(user.id))) notFound()
  return user
}

/** For admin route handlers. Throws UnauthorizedError or ForbiddenError. */
export async function requireApiAdmin(): Promise<CurrentUser> {
  const user = await requireApiUser()
  if (!(await isAdmin(user.id))) throw new ForbiddenError()
  return user
}
