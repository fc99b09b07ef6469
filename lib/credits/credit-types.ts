import 'server-only'
import type { SupabaseClient } from '@supabase/supabase-js'
import { cache } from 'react'
import { z } from 'zod'
import { CREDIT_COLORS, type CreditType, nameUnit } from '@/lib/credit-type'
import type { Database } from '@/lib/supabase/database.types'
import { createClient } from '@/lib/supabase/server'

// A color that this server does not know yet is the brand's.
const color = z.enum(CREDIT_COLORS).catch('brand')

/** The kinds of credits this product has, in their order. Throws when the database does not answer. */
export async function readCreditTypes(supabase: SupabaseClient<Database>): Promise<CreditType[]> {
  const { data, error } = await supabase
    .from('credit_types')
    .select('id, name, unit, unit_plural, color')
    .order('sort_order')
    .order('id')
  if (error) throw new Error(`The credit types could not be read: ${error.message}`, { cause: error })
  return data.map((row) => {
    const { unit, unitPlural } = nameUnit(row.id)
    return {
      id: row.id,
      name: row.name,
      unit: row.unit ?? unit,
      unitPlural: row.unit_plural ?? unitPlural,
      color: color.parse(row.color),
    }
  })
}

/** The same as a visitor or the signed-in user, once per request. */
export const listCreditTypes = cache(async (): Promise<CreditType[]> => readCreditTypes(await createClient()))
