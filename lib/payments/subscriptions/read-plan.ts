import 'server-only'
import { cache } from 'react'
import { z } from 'zod'
import { isPlan, type Plan, readPackages } from '@/lib/catalog/packages'
import { createClient } from '@/lib/supabase/server'
import { chooseLive, LIVE_STATUSES } from './live-subscription'

/** The plan somebody has, and how it stands. Times are ISO 8601. */
export type CurrentPlan = {
  plan: Plan
  status: (typeof LIVE_STATUSES)[number]
  /** Whether its current period is free. */
  trial: boolean
  periodEnd: string | null
  /** It ends with its period. */
  ending: boolean
  /** What it changes to with its next period. */
  next: Plan | null
  /** What pays it; null while the provider did not say. */
  card: PlanPaymentCard | null
}

/** `brand` as the provider calls it; `expiresOn` is the last day it can pay, where that is known. */
export type PlanPaymentCard = { brand: string; lastFour: string; expiresOn: string | null }

const status = z.enum(LIVE_STATUSES)

/** The live subscription of a user, read as the user. Once per request; throws when the database does not answer. */
const readSubscription = cache(async (userId: string) => {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('subscriptions')
    .select(
      'package_id, status, trial, current_period_end, cancel_at_period_end, scheduled_package_id, card_brand, card_last_four, card_expires_on',
    )
    .eq('user_id', userId)
    .in('status', LIVE_STATUSES)
    .is('surplus', null)
    .order('created_at', { ascending: false })
  if (error) throw new Error(`The subscription could not be read: ${error.message}`, { cause: error })
  return chooseLive(data)
})

/** The package a user is subscribed to now, null for none. */
export async function readPlanId(userId: string): Promise<string | null> {
  return (await readSubscription(userId))?.package_id ?? null
}

/** The plan a user has now, null for none. */
export async function readCurrentPlan(userId: string): Promise<CurrentPlan | null> {
  const subscription = await readSubscription(userId)
  if (!subscription) return null
  const { package_id, scheduled_package_id, ...row } = subscription
  const packages = await readPackages([package_id, scheduled_package_id].filter((id) => id !== null))
  const planOf = (id: string) => {
    const found = packages.get(id)
    return found && isPlan(found) ? found : null
  }
  const plan = planOf(package_id)
  if (!plan) throw new Error(`The subscription's package ${package_id} is no plan.`)
  return {
    plan,
    status: status.parse(row.status),
    trial: row.trial,
    periodEnd: row.current_period_end,
    ending: row.cancel_at_period_end,
    next: scheduled_package_id === null ? null : planOf(scheduled_package_id),
    card:
      row.card_brand && row.card_last_four
        ? { brand: row.card_brand, lastFour: row.card_last_four, expiresOn: row.card_expires_on }
        : null,
  }
}
