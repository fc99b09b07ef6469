import 'server-only'
import { type CurrentUser, requireApiUser } from '@/lib/auth/session'
import { UnauthorizedError } from '@/lib/http/errors'

type Found = { user: CurrentUser | null; data: { user: CurrentUser | null }; error: null }

/**
 * Who is signed in, for a route of your own: `const { user } = await createClient().auth.getUser()`. Why: the product's own
 * `createClient` reads data and is awaited, and its sessions are checked by `lib/auth`.
 */
export function createClient(): { auth: { getUser: () => Promise<Found> } } {
  return { auth: { getUser } }
}

async function getUser(): Promise<Found> {
  const user = await requireApiUser().catch((error: unknown) => {
    if (error instanceof UnauthorizedError) return null
    throw error
  })
  return { user, data: { user }, error: null }
}
