import 'server-only'
import { type CurrentUser, requireUser } from '@/lib/auth/session'
import type { SaveState } from './save-state'

/** A form action of the settings for `useActionState`: `save` gets who is signed in, and the form. */
export function saveAction(save: (user: CurrentUser, form: FormData) => Promise<SaveState>) {
  return async (_previous: SaveState, form: FormData): Promise<SaveState> => {
    const user = await requireUser('/settings')
    // Only its type promises that it is one: calls can be made up.
    if (!(form instanceof FormData)) return { status: 'refused', message: 'Fill in the form and try again.' }
    return save(user, form)
  }
}
