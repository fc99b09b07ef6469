import 'server-only'
import type { CreditPackage } from '@/lib/pricing-plans'
import { createClient } from '@/lib/supabase/server'

/** What is for sale, cheapest first as the table orders it. Throws when the database does not answer. */
export async function listPackages(): Promise<CreditPackage[]> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('credit_packages')
    .select('id, name, description, credits, credit_type, price, currency, dodo_product_id, popular')
    .eq('active', true)
    .order('sort_order')
  if (error) throw new Error(`The packages could not be read: ${error.message}`, { cause: error })
  return data.map(({ credit_type, dodo_product_id, ...rest }) => ({
    ...rest,
    creditType: credit_type,
    dodoProductId: dodo_product_id,
  }))
}
