import 'server-only'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { z } from 'zod'
import { requireAdmin } from '@/lib/auth/roles'
import type { CurrentUser } from '@/lib/auth/session'
import { readAccountView } from './account-view'
import { readAccount } from './read-account'
import type { UserState } from './user-state'

/** Who looks at whose account, and until when (ISO 8601). */
export type AccountView = { admin: CurrentUser; user: UserState; endsAt: string }

/**
 * For each page of a view, and each time: that who asks is an admin, and has begun to look at this account from this
 * session. An admin who has not, or not any more, is led to the page of the user. Once per request.
 */
export const requireAccountView = cache(async (userId: string): Promise<AccountView> => {
  const admin = await requireAdmin()
  const id = z.uuid().safeParse(userId)
  const user = id.success ? await readAccount(id.data) : null
  if (!user) notFound()
  const endsAt = await readAccountView(admin, user.id)
  if (endsAt === null) redirect(`/admin/users/${user.id}?view=over`)
  return { admin, user, endsAt }
})
