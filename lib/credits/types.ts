import type { Json, Tables } from '@/lib/supabase/database.types'

/** One row of the ledger. Amounts are whole credits, positive in, negative out. */
export type CreditTransaction = Tables<'credit_transactions'>

/** What a wallet holds, in whole credits. `version` grows with every change. */
export type WalletBalance = { balance: number; totalPurchased: number; totalUsed: number; version: number }

/** What a change of a balance answers. `replayed` tells that the idempotency key had been used before. */
export type CreditChange = {
  transactionId: number
  amount: number
  balance: number
  version: number
  replayed: boolean
}

/** Whether a wallet can pay, in whole credits; `shortfall` is 0 when it can. */
export type BalanceCheck = { hasSufficient: boolean; balance: number; shortfall: number }

type ChangeOptions = {
  /** The wallet; 'general' unless told. */
  creditType?: string
  /** What was done, for filters: 'text-generation'. */
  action?: string
  /** What was done, for people. */
  description?: string
  referenceId?: string
  referenceType?: string
  /** Retried with the same key, the change happens once. At most 255 characters, scoped to the user. */
  idempotencyKey?: string
  metadata?: Json
}

export type AddOptions = ChangeOptions & { type?: 'purchase' | 'signup_bonus' }

export type DeductOptions = ChangeOptions & {
  /** What the key stands for, when it is more than amount, wallet, action and reference. */
  requestHash?: string
}

export type RefundOptions = {
  /** Credits to give back; all that is left to refund unless told. */
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
}

export type HistoryFilter = {
  creditType?: string
  /** Only rows before this `seq`: the last one of the page before. */
  beforeSeq?: number
  /** Rows a page, 1 to 100; 20 unless told. */
  limit?: number
}
