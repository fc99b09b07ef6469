import 'server-only'
import type { z } from 'zod'
import type { KeyUser } from '@/lib/api-keys/api-key-call'
import { GENERAL } from '@/lib/credit-type'
import { pricesByTier, RateLimitedError, type RunSource, type TierPrices } from '@/lib/credits'
import { tellRate } from '@/lib/http/rate-headers'
import type { RateLeft } from '@/lib/supabase/rate-left'
import type { MembershipTier } from '@/lib/tiers'
import { readToolInput, serveTool } from './credit-route'
import type { Tool } from './define-tool'

/** A request that carries a key of the API. `answer` takes headers for the answer. */
export type KeyCall = { request: Request; user: KeyUser; answer: Headers; source?: RunSource }

/** Serves a tool to a program: as its page, and the answer says what is left of the rate limit; the run can be canceled. */
export async function serveToolByKey<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  { request, user, source, answer }: KeyCall,
): Promise<Response | object> {
  const tell = (left: RateLeft) => {
    if (tool.rateLimit) tellRate(answer, tool.id, { ...tool.rateLimit, ...left })
  }
  try {
    return await serveTool(tool, {
      ...{ request, user, source },
      onReserved: ({ rate }) => {
        if (rate) tell(rate)
      },
    })
  } catch (error) {
    if (error instanceof RateLimitedError && !error.details.creditType && tool.rateLimit) {
      tell({ remaining: 0, fullAfterSeconds: tool.rateLimit.perSeconds })
    }
    throw error
  }
}

/** What a run would cost, in whole credits: the caller's price (of the most it may cost), and that of each tier. */
export type Quote = {
  price: number
  prices: TierPrices
  tier: MembershipTier | null
  creditType: string
}

/** The price of the run that a request asks for. Nothing is run, charged or counted against its rate limit. */
export async function quoteTool<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  { request, user: { tier } }: Omit<KeyCall, 'answer'>,
): Promise<Quote> {
  const { input } = await readToolInput(tool, request)
  const prices = pricesByTier((tier) => tool.cost({ input, tier }))
  return { price: prices[tier ?? 'default'], prices, tier, creditType: tool.creditType ?? GENERAL }
}
