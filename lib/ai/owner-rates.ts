import 'server-only'
import { MICROS_PER_DOLLAR } from '@/lib/currency'
import { env } from '@/lib/env'
import type { TokenRates } from './tokens'

/** What a million tokens cost the owner, in US dollars. */
export const ownerRates = (): TokenRates => ({
  input: env().AI_COST_PER_MILLION_INPUT_TOKENS,
  output: env().AI_COST_PER_MILLION_OUTPUT_TOKENS,
})

/** What all runs of a day may cost the owner, in millionths of a US dollar; null for no limit. */
export function mostPerDay(): number | null {
  const { AI_MAX_COST_PER_DAY: dollars } = env()
  return dollars === undefined ? null : dollars * MICROS_PER_DOLLAR
}
