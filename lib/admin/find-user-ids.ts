import 'server-only'
import { z } from 'zod'
import { readFunction } from '@/lib/supabase/call-function'

/** How many users a search stands for at most. */
export const MAX_FOUND_USERS = 100

const found = z.object({ users: z.array(z.object({ id: z.string() })), total: z.int() })

/**
 * The ids of the users that a text names: by id, or by a part of the name or address. The newest hundred, and whether
 * there are more. For admins: the caller checks that it is one. Throws when the database does not answer.
 */
export async function findUserIds(text: string): Promise<{ ids: string[]; isCut: boolean }> {
  const args = { p_filter: { search: text }, p_limit: MAX_FOUND_USERS }
  const { users, total } = found.parse(await readFunction('search_users', args))
  return { ids: users.map(({ id }) => id), isCut: total > users.length }
}
