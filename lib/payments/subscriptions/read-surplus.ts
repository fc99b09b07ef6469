import 'server-only'
import { readPackages } from '@/lib/catalog/packages'
import { isOver } from '@/lib/payments/ranks'
import { createClient } from '@/lib/supabase/server'

/** A plan that began beside a live one; `ended` says whether only its money is on its way back. */
export type SurplusPlan = { id: string; name: string; ended: boolean }

/** The second plans of a user that are being ended and refunded, read as the user. Throws when they cannot be read. */
export async function readSurplusPlans(userId: string): Promise<SurplusPlan[]> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('subscriptions')
    .select('id, package_id, status')
    .eq('user_id', userId)
    .eq('surplus', 'open')
    .order('created_at')
  if (error) throw new Error(`The subscriptions could not be read: ${error.message}`, { cause: error })
  if (data.length === 0) return []
  const packages = await readPackages(data.map(({ package_id }) => package_id))
  return data.map(({ id, package_id, status }) => ({
    id,
    name: packages.get(package_id)?.name ?? package_id,
    ended: isOver(status),
  }))
}
