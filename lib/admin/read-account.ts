import 'server-only'
import { cache } from 'react'
import { readFunction } from '@/lib/supabase/call-function'
import { type UserState, userState } from './user-state'

/**
 * How a user stands, for an admin: the caller checks that it is one. Null when there is no such user. Once per request.
 * Throws when the database does not answer.
 */
export const readAccount = cache(async (id: string): Promise<UserState | null> => {
  return userState.nullable().parse(await readFunction('read_account', { p_user_id: id }))
})
