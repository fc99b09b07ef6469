import 'server-only'
import type { SupabaseClient } from '@supabase/supabase-js'
import { cache } from 'react'
import { CREDIT_TYPE_COLUMNS, type CreditType, toCreditType } from '@/lib/credit-type'
import type { Database } from '@/lib/supabase/database.types'
import { createClient } from '@/lib/supabase/server'

/** The kinds of credits this product has, in their order. Throws when the database does not answer. */
export async function readCreditTypes(supabase: SupabaseClient<Database>): Promise<CreditType[]> {
  const { data, error } = await supabase
    .from('credit_types')
    .select(CREDIT_TYPE_COLUMNS)
    .order('sort_order')
    .order('id')
  if (error) throw new Error(`The credit types could not be read: ${error.message}`, { cause: error })
  return data.map(toCreditType)
}

/** The same as a visitor or the signed-in user, once per request. */
export const listCreditTypes = cache(async (): Promise<CreditType[]> => readCreditTypes(await createClient()))
