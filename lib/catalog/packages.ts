import 'server-only'
import { unstable_rethrow } from 'next/navigation'
import { cache } from 'react'
import { z } from 'zod'
import { CREDIT_TYPE_COLUMNS, type CreditType, toCreditType } from '@/lib/credit-type'
import { logger } from '@/lib/logger'
import type { CreditPackage } from '@/lib/pricing-plans'
import { createAdminClient } from '@/lib/supabase/admin'
import { createAnonymousClient } from '@/lib/supabase/anonymous'
import { MEMBERSHIP_TIERS } from '@/lib/tiers'

/** A package as pages show it, bought once. Its product at the payment provider concerns the checkout alone. */
export type Offer = Omit<CreditPackage, 'productIds' | 'interval' | 'unusedCredits' | 'tier'> & {
  /** What `creditType` is called. */
  type: CreditType
  /** What other front ends want to know of it. */
  metadata: Record<string, unknown>
}

/** A package that is paid for again with every `interval`. */
export type Plan = Offer &
  Pick<CreditPackage, 'unusedCredits' | 'tier'> & {
    interval: 'month' | 'year'
    /** Days before the first payment of who never had a plan; 0 for none. */
    trialDays: number
  }

/** What is for sale: once, and by subscription. */
export type Offers = { packages: Offer[]; plans: Plan[] }

// The key is named, since a view may be another way between the two tables.
const COLUMNS =
  `id, name, description, credits, price, currency, popular, metadata, billing_interval, unused_credits, tier, trial_days,
  credit_types!credit_packages_credit_type_fkey(${CREDIT_TYPE_COLUMNS})` as const

const row = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  credits: z.number(),
  credit_types: z
    .object({
      id: z.string(),
      name: z.string(),
      unit: z.string().nullable(),
      unit_plural: z.string().nullable(),
      color: z.string(),
    })
    .transform(toCreditType),
  price: z.number(),
  currency: z.string(),
  popular: z.boolean(),
  metadata: z.record(z.string(), z.unknown()),
  billing_interval: z.enum(['month', 'year']).nullable(),
  unused_credits: z.enum(['roll_over', 'expire']),
  tier: z.enum(MEMBERSHIP_TIERS).nullable(),
  trial_days: z.number(),
})

/** What is for sale, in the order of the table, read once a request. Throws when the database does not answer. */
export const listOffers = cache(async (): Promise<Offers> => {
  const { data, error } = await createAnonymousClient()
    .from('credit_packages')
    .select(COLUMNS)
    .eq('active', true)
    .order('sort_order')
  if (error) throw new Error(`The packages could not be read: ${error.message}`, { cause: error })
  const packages: Offer[] = []
  const plans: Plan[] = []
  for (const offer of data.map(toOffer)) (isPlan(offer) ? plans : packages).push(offer)
  return { packages, plans }
})

/**
 * Packages by their ids, also those that are not for sale any more: whoever has one may read what it is.
 * Throws when the database does not answer.
 */
export async function readPackages(ids: readonly string[]): Promise<Map<string, Offer | Plan>> {
  if (ids.length === 0) return new Map()
  const { data, error } = await createAdminClient()
    .from('credit_packages')
    .select(COLUMNS)
    .in('id', [...new Set(ids)])
  if (error) throw new Error(`The packages could not be read: ${error.message}`, { cause: error })
  return new Map(data.map((read) => [read.id, toOffer(read)]))
}

/** The same for public pages, which have something to show without them: null, and a line in the log, on failure. */
export async function findOffers(): Promise<Offers | null> {
  try {
    return await listOffers()
  } catch (error) {
    // What Next.js throws to leave a page for request time is not a failure.
    unstable_rethrow(error)
    logger.error('the packages could not be read', { error })
    return null
  }
}

/** What fills the wallet named by a page's query first, the rest in its order. */
export function withWalletFirst<Sold extends Offer>(offers: readonly Sold[], wallet: unknown): Sold[] {
  return [...offers].sort((a, b) => Number(b.type.id === wallet) - Number(a.type.id === wallet))
}

export function isPlan(offer: Offer | Plan): offer is Plan {
  return 'interval' in offer
}

function toOffer(read: unknown): Offer | Plan {
  const { credit_types: type, billing_interval, unused_credits, tier, trial_days, ...rest } = row.parse(read)
  const offer = { ...rest, creditType: type.id, type }
  if (!billing_interval) return offer
  return { ...offer, interval: billing_interval, unusedCredits: unused_credits, tier, trialDays: trial_days }
}
