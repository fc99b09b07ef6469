import type { Spender } from '@/lib/supabase/caller'
import type { Json, Tables } from '@/lib/supabase/database.types'
import type { RateLeft } from '@/lib/supabase/rate-left'
import type { RefusedError } from '@/lib/supabase/refusals'
import type { MembershipTier, TierPrices } from '../tiers'

/** One row of the ledger. Amounts are whole credits, positive in, negative out. */
export type CreditTransaction = Tables<'credit_transactions'>

/** What a wallet holds, in whole credits. `version` grows with every change; `nextExpiryAt` is an ISO time. */
export type WalletBalance = {
  balance: number
  totalPurchased: number
  totalUsed: number
  version: number
  nextExpiryAt: string | null
}

/** What a change of a balance answers. `replayed` tells that the idempotency key had been used before. */
export type CreditChange = {
  transactionId: number
  /** The wallet. */
  creditType: string
  amount: number
  balance: number
  version: number
  replayed: boolean
}

/** Whether a wallet can pay, in whole credits; `shortfall` is 0 when it can. */
export type BalanceCheck = { hasSufficient: boolean; balance: number; shortfall: number }

type ChangeOptions = {
  /** The wallet; 'general' by default. */
  creditType?: string
  /** What was done, for filters: 'text-generation'. */
  action?: string
  /** What was done, for people. */
  description?: string
  referenceId?: string
  referenceType?: string
  /** Retried with the same key, the change happens once. At most 255 characters, scoped to the user. */
  idempotencyKey?: string
  /** What the key stands for, when it is more than amount, wallet, action and reference. */
  requestHash?: string
  metadata?: Json
}

export type AddOptions = ChangeOptions & {
  /** What is given (`signup_bonus`, `promotion`) does not count as bought; 'purchase' by default. */
  type?: 'purchase' | 'subscription_grant' | 'signup_bonus' | 'promotion'
  /** ISO time at which what is left of these credits goes; never by default. */
  expiresAt?: string
  /** Among expiring credits, lower ones are spent first; 0 by default. */
  priority?: number
}

export type DeductOptions = ChangeOptions

/** One charge of a batch. */
export type DeductEntry = DeductOptions & { userId: string; amount: number }

/** One addition of a batch. */
export type AddEntry = AddOptions & { userId: string; amount: number }

/** What became of one entry of a batch. */
export type BatchResult = ({ ok: true } & CreditChange) | { ok: false; error: RefusedError }

export type RefundOptions = {
  /** Credits to give back; all that is left to refund by default. */
  amount?: number
  reason?: string
  /** A refund without a key of its own happens once per transaction. */
  idempotencyKey?: string
  actorId?: string
}

export type AdjustOptions = {
  /** 3 to 500 characters, shown to the user and kept in the audit log. */
  reason: string
  /** The admin who does it. */
  actorId: string
  creditType?: string
  idempotencyKey?: string
  metadata?: Json
}

export type ReserveOptions = {
  /** Names the action in the ledger and for the rate limit. */
  action: string
  prices: TierPrices
  /** How long the run may take before its credits come back by themselves, in ms. */
  holdMs: number
  /** The user's own session or key of the API, or what of the product itself runs for the user. */
  caller: Spender
  creditType?: string
  /** The least membership tier that may do it. */
  requiredTier?: string
  /** The accepted runs a user may start: `requests` at once, renewed over `perSeconds`. */
  rateLimit?: { requests: number; perSeconds: number }
  description?: string
  idempotencyKey?: string
  requestHash?: string
  metadata?: Record<string, Json>
  /** What the run is asked, shortened, for the list of runs. */
  input?: Json
  run?: RunOptions
}

/** By what a run came. */
export type RunSource = 'page' | 'api_key' | 'mcp'

/** How a run is kept, and whether a worker runs it. */
type RunOptions = {
  /** By the caller by default: `api_key` for a key of the API, else `page`. */
  source?: RunSource
  /** What the run is asked, as it was sent; null when that is not kept. */
  fullInput?: Json
  /** How long its inputs and its result are kept after its end; a day by default. */
  retentionSeconds?: number
  /** What the run may cost the owner at most, in millionths of a US dollar, and all runs of its tool in a day (UTC). */
  maxCost?: number
  maxCostPerDay?: number
  /** Queues the run for a worker, which tries it that often at most. */
  maxAttempts?: number
}

/** A run as those who settle it name it: `lease` for one in the background, of the worker that has it. */
export type RunHandle = { transactionId: number; lease?: string }

type EndOptions = {
  reason?: string
  response?: Json
  runStatus?: 'succeeded' | 'failed' | 'aborted'
  /** Of the worker that has the run, for one in the background. */
  lease?: string
  /** What the run cost the owner, in millionths of a US dollar, where that is known. */
  cost?: number
}

export type SettleOptions = EndOptions & { amount?: number }

export type ReleaseOptions = EndOptions

export type HoldStatus = 'open' | 'settled' | 'released' | 'expired'

/**
 * Credits taken for a run, at the price of `tier`. When `replayed`, `status` and `response` are those of the first run.
 */
export type Reservation = Omit<CreditChange, 'creditType'> & {
  runId: number
  lease?: string
  tier: MembershipTier | null
  status: HoldStatus
  settledAmount: number | null
  response: Json
  /** For a run by a key of the API: how many more it may start now, and in how many seconds all of the allowance is whole. */
  rate?: RateLeft | null
}

/** What a run holds in all, in whole credits, and its wallet then. */
export type HoldExtension = { held: number; balance: number; version: number; replayed: boolean }

/** How a hold ended; the balance is in whole credits, and absent when it had ended before. */
export type HoldEnd = { status: HoldStatus; replayed: boolean; balance?: number; version?: number }

export type HistoryFilter = {
  creditType?: string
  types?: string[]
  action?: string
  /** ISO time, inclusive. */
  from?: string
  /** ISO time, exclusive. */
  to?: string
  /** Only rows before this `seq`: the last one of the page before. */
  beforeSeq?: number
  /** Rows to leave out, 10,000 at most. A long history is paged by `beforeSeq`, which costs the same on every page. */
  offset?: number
  /** Rows a page, 1 to 1,000; 20 by default. */
  limit?: number
}

/** Credits that will be gone at `expiresAt` (an ISO time) unless they are spent. */
export type ExpiringCredits = {
  creditType: string
  credits: number
  expiresAt: string
  source: string | null
}

/** A row that breaks an invariant of the engine, as `verify_ledger()` names it. */
export type LedgerViolation = {
  invariant: string
  user_id: string
  credit_type: string
  transaction_id: number | null
  detail: string
}
