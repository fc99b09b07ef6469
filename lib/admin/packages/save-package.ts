import 'server-only'
import { z } from 'zod'
import { NotFoundError } from '@/lib/http/errors'
import { createAdminClient } from '@/lib/supabase/admin'
import { callFunction } from '@/lib/supabase/call-function'
import type { Json } from '@/lib/supabase/database.types'
import type { NewPackage, PackageChange } from './package-input'

const saved = z.object({ id: z.string(), version: z.number(), replayed: z.boolean() })
const ordered = z.object({ replayed: z.boolean() })

/** A package as it is after a save; `replayed` when it was so before. */
export type SavedPackage = z.output<typeof saved>

/**
 * Puts a package up for sale, in the name of an admin. Its id is its key: the same asked for again is the same package.
 * @throws RefusedError `package_exists`, `unknown_credit_type`, `invalid_terms` or `forbidden`
 */
export function createPackage(given: NewPackage, actorId: string): Promise<SavedPackage> {
  return callFunction('create_package', { p_package: toColumns(given), p_actor_id: actorId }, saved)
}

/**
 * Changes a package that an admin saw at `version`.
 * @throws RefusedError `package_not_found`, `package_changed`, `plan_in_use`, or as `createPackage`
 */
export function updatePackage(
  id: string,
  { version, ...changes }: PackageChange,
  actorId: string,
): Promise<SavedPackage> {
  const args = { p_id: id, p_version: version, p_changes: toColumns(changes), p_actor_id: actorId }
  return callFunction('update_package', args, saved)
}

/** The version that a package has now, for who changes it without having looked. @throws NotFoundError */
export async function readPackageVersion(id: string): Promise<number> {
  const { data, error } = await createAdminClient()
    .from('credit_packages')
    .select('version')
    .eq('id', id)
    .maybeSingle()
  if (error) throw new Error(`The package could not be read: ${error.message}`, { cause: error })
  if (!data) throw new NotFoundError('There is no such package.', 'package_not_found')
  return data.version
}

/** Puts packages in this order among themselves. @throws RefusedError `package_not_found` or `forbidden` */
export async function orderPackages(ids: string[], actorId: string): Promise<void> {
  await callFunction('order_packages', { p_ids: ids, p_actor_id: actorId }, ordered)
}

const COLUMNS: Record<string, string> = {
  creditType: 'credit_type',
  interval: 'billing_interval',
  unusedCredits: 'unused_credits',
  trialDays: 'trial_days',
  sortOrder: 'sort_order',
}

function toColumns(fields: Record<string, Json | undefined>): Json {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [COLUMNS[name] ?? name, value]))
}
