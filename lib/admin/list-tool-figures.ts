import 'server-only'
import { MICROS_PER_DOLLAR } from '@/lib/currency'
import { createAdminClient } from '@/lib/supabase/admin'
import { readFunction } from '@/lib/supabase/call-function'
import { DAY_MS } from '@/lib/time'

/** How far back figures of tools go, in days. */
export const FIGURE_DAYS = 30

const CENTS = 100

/** What a tool did in the last days: credits charged, what they are worth and what they cost, in US dollars. */
export type ToolFigures = {
  tool: string
  runs: number
  charged: number
  cost: number
  /** Null where no package in US dollars says what a credit is worth. */
  earned: number | null
}

/** The figures of every tool that ran lately. Credits are worth what the cheapest package asks for them. */
export async function listToolFigures(): Promise<ToolFigures[]> {
  const since = new Date(Date.now() - FIGURE_DAYS * DAY_MS).toISOString()
  const [rows, values] = await Promise.all([
    readFunction('tool_figures', { p_since: since }),
    readCreditValues(),
  ])
  return rows.map(({ tool, credit_type, runs, charged, cost_micros }) => {
    const value = values.get(credit_type)
    return {
      tool,
      runs,
      charged,
      cost: cost_micros / MICROS_PER_DOLLAR,
      earned: value === undefined ? null : charged * value,
    }
  })
}

/** What a credit of each type is worth at least, in US dollars: what the cheapest package asks for one. */
export async function readCreditValues(): Promise<Map<string, number>> {
  const { data, error } = await createAdminClient()
    .from('credit_packages')
    .select('credit_type, credits, price')
    .eq('active', true)
    .eq('currency', 'USD')
    .gt('price', 0)
  if (error) throw new Error(`The packages could not be read: ${error.message}`, { cause: error })
  const values = new Map<string, number>()
  for (const { credit_type: type, credits, price } of data) {
    values.set(type, Math.min(values.get(type) ?? Infinity, price / CENTS / credits))
  }
  return values
}
