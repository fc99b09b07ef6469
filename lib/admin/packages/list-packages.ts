import 'server-only'
import { z } from 'zod'
import { listProviders } from '@/lib/payments'
import { createClient } from '@/lib/supabase/server'
import { MEMBERSHIP_TIERS } from '@/lib/tiers'

const sync = z.object({
  provider: z.string(),
  status: z.enum(['syncing', 'synced', 'failed']),
  product_id: z.string().nullable(),
  error: z.string().nullable(),
  started_at: z.string(),
})

const row = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    kind: z.enum(['one_time', 'subscription']),
    credits: z.number(),
    credit_type: z.string(),
    price: z.number(),
    currency: z.string(),
    billing_interval: z.enum(['month', 'year']).nullable(),
    unused_credits: z.enum(['roll_over', 'expire']),
    tier: z.enum(MEMBERSHIP_TIERS).nullable(),
    trial_days: z.number(),
    popular: z.boolean(),
    active: z.boolean(),
    metadata: z.record(z.string(), z.unknown()),
    version: z.number(),
    package_syncs: z.array(sync),
  })
  .transform(({ credit_type, billing_interval, unused_credits, trial_days, package_syncs, ...rest }) => ({
    ...rest,
    creditType: credit_type,
    interval: billing_interval,
    unusedCredits: unused_credits,
    trialDays: trial_days,
    syncs: package_syncs.map(toSync),
  }))

/** How a package stands at one payment provider. */
export type PackageSync = {
  provider: string
  status: 'syncing' | 'synced' | 'failed'
  productId: string | null
  error: string | null
}

/** A package as admins see it; `syncs` has what was tried at each provider. */
export type AdminPackage = z.output<typeof row>

/** What is shown together: packages, or plans, of one credit type, in their order. */
export type PackageGroup = { creditType: string; kind: AdminPackage['kind']; packages: AdminPackage[] }

const COLUMNS =
  `id, name, description, kind, credits, credit_type, price, currency, billing_interval, unused_credits, tier,
  trial_days, popular, active, metadata, version, package_syncs(provider, status, product_id, error, started_at)` as const

/** Every package, also those that are retired, by credit type and kind. Read as the caller. Throws when it cannot. */
export async function listPackageGroups(): Promise<PackageGroup[]> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('credit_packages')
    .select(COLUMNS)
    .order('sort_order')
    .order('id')
  if (error) throw new Error(`The packages could not be read: ${error.message}`, { cause: error })
  const groups = new Map<string, PackageGroup>()
  for (const found of z.array(row).parse(data)) {
    const { creditType, kind } = found
    const key = `${creditType} ${kind}`
    const group = groups.get(key) ?? { creditType, kind, packages: [] }
    group.packages.push(found)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** The providers that products are made at, by id and name. */
export function listSyncingProviders(): { id: string; name: string }[] {
  return listProviders().flatMap(({ id, name, syncProduct }) => (syncProduct ? [{ id, name }] : []))
}

/** After this long nobody is at it any more; as `begin_product_sync` has it. */
const SYNC_TIMEOUT_MS = 60_000

function toSync({ provider, status, product_id, error, started_at }: z.output<typeof sync>): PackageSync {
  const isStuck = status === 'syncing' && Date.now() - Date.parse(started_at) > SYNC_TIMEOUT_MS
  if (isStuck)
    return { provider, status: 'failed', productId: product_id, error: 'It broke off. Try it again.' }
  return { provider, status, productId: product_id, error }
}
