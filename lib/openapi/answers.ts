import { z } from 'zod'
import { TRANSACTION_TYPES } from '@/lib/credits/history-query'
import { MEMBERSHIP_TIERS } from '@/lib/tiers'

const credits = z.int()
const time = z.iso.datetime({ offset: true })
const tier = z.enum(MEMBERSHIP_TIERS).nullable()

/** What the answer of every tool carries beside its result. Amounts are whole credits. */
export const receipt = z.looseObject({
  newBalance: credits,
  balanceVersion: z.int(),
  creditType: z.string(),
  creditsUsed: credits,
  transactionId: z.int(),
  runId: z.int(),
})

/** What a run in the background is answered at once. */
export const queued = z.strictObject({
  runId: z.int(),
  status: z.literal('queued'),
  creditsHeld: credits,
  newBalance: credits,
  balanceVersion: z.int(),
  creditType: z.string(),
  transactionId: z.int(),
})

export const quote = z.strictObject({
  price: credits,
  prices: z.record(z.string(), credits),
  tier,
  creditType: z.string(),
})

export const balance = z.strictObject({
  balance: credits,
  balances: z.record(
    z.string(),
    z.strictObject({
      balance: credits,
      totalPurchased: credits,
      totalUsed: credits,
      version: z.int(),
      nextExpiryAt: time.nullable(),
    }),
  ),
})

export const transactions = z.strictObject({
  transactions: z.array(
    z.strictObject({
      id: z.int(),
      type: z.enum(TRANSACTION_TYPES),
      amount: credits,
      balanceAfter: credits,
      creditType: z.string(),
      action: z.string().nullable(),
      description: z.string().nullable(),
      reverses: z.int().nullable(),
      createdAt: time,
    }),
  ),
  nextCursor: z.int().nullable(),
})

const runStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'aborted', 'expired'])

export const run = z.strictObject({
  id: z.int(),
  tool: z.string(),
  source: z.enum(['page', 'api_key', 'mcp']),
  status: runStatus,
  charged: credits,
  input: z.unknown(),
  progress: z.strictObject({ done: z.number(), total: z.number(), message: z.string() }).nullable(),
  response: z.strictObject({ status: z.int(), body: z.looseObject({}) }).nullable(),
  createdAt: time,
  finishedAt: time.nullable(),
})

export const cancellation = z.strictObject({ runId: z.int(), status: runStatus })

const prices = z.record(z.string(), z.record(z.string(), credits))

export const toolList = z.strictObject({
  tools: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      creditType: z.string(),
      contentType: z.enum(['application/json', 'multipart/form-data']),
      input: z.looseObject({}),
      unit: z.string(),
      prices,
      requiredTier: tier,
      background: z.boolean(),
      limits: z.strictObject({
        maxBytes: z.int(),
        timeoutMs: z.int(),
        rate: z.strictObject({ requests: z.int(), perSeconds: z.int() }).nullable(),
      }),
    }),
  ),
})

/** Every refusal; what else it says depends on its `error`. */
export const problem = z.looseObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  error: z.string(),
  message: z.string(),
})
