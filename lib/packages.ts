import 'server-only'
import { unstable_rethrow } from 'next/navigation'
import { logger } from '@/lib/logger'
import type { CreditPackage } from '@/lib/pricing-plans'
import { createClient } from '@/lib/supabase/server'

/** A package as pages show it. The product it is at DodoPayments concerns the checkout alone. */
export type Offer = Omit<CreditPackage, 'dodoProductId' | 'interval' | 'unusedCredits' | 'tier'>

/** What is for sale once, in the order of the table. Throws when the database does not answer. */
export async function listPackages(): Promise<Offer[]> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('credit_packages')
    .select('id, name, description, credits, credit_type, price, currency, popular')
    .eq('active', true)
    .eq('kind', 'one_time')
    .order('sort_order')
  if (error) throw new Error(`The packages could not be read: ${error.message}`, { cause: error })
  return data.map(({ credit_type, ...rest }) => ({ ...rest, creditType: credit_type }))
}

/** The same for public pages, which have something to show without them: null, and a line in the log, on failure. */
export async function findPackages(): Promise<Offer[] | null> {
  try {
    return await listPackages()
  } catch (error) {
    // What Next.js throws to leave a page for request time is not a failure.
    unstable_rethrow(error)
    logger.error('the packages could not be read', { error })
    return null
  }
}
