import type { ResolvedConfig } from '../config/read-config.ts'
import type { Variables } from '../formula/evaluate.ts'
import type { ILogAdapter } from '../logging/log-adapter.ts'
import type { Metadata } from '../records.ts'
import type { IStorageAdapter, TransactionFilter } from '../storage/adapter.ts'

/** What every operation of an engine works with. */
export type EngineContext<Txn> = {
  storage: IStorageAdapter<Txn>
  config: ResolvedConfig
  logger: ILogAdapter
  now: () => Date
}

type Options<Txn> = {
  /** One per business event, such as an order's id. A repeated call gets the first result and moves nothing. */
  idempotencyKey?: string
  /** Kept with the ledger row. */
  metadata?: Metadata
  /** Your own transaction: the operation is committed or rolled back with it, and never retried. */
  txn?: Txn
}

export type ChargeParams<Txn = unknown> = Options<Txn> & {
  userId: string
  action: string
  /** Whole credits that replace the configured price; who may do the action is checked all the same. */
  amount?: number
  /** What the formula of the price needs. */
  variables?: Variables
}

export type ChargeResult = {
  success: true
  transactionId: string
  cost: number
  balanceBefore: number
  balanceAfter: number
}

export type GrantParams<Txn = unknown> = Options<Txn> & {
  userId: string
  /** Whole credits, at least 1. */
  amount: number
  action: string
}

export type RefundParams<Txn = unknown> = GrantParams<Txn> & {
  /** The charge to refund: all refunds of it together never exceed it. */
  transactionId?: string
}

export type CreditResult = { success: true; transactionId: string; amount: number; balanceAfter: number }

export type UpgradeTierParams<Txn = unknown> = Options<Txn> & {
  userId: string
  targetTier: string
  /** When the membership ends. Left out, the end that is set stays, unless it has passed. */
  membershipExpiresAt?: Date
}

export type DowngradeTierParams<Txn = unknown> = Options<Txn> & {
  userId: string
  targetTier: string
  /** Whether the lower tier has no end. */
  clearExpiration?: boolean
}

export type TierChangeResult = {
  success: true
  transactionId: string
  /** The tier that counted: null without one, and for one that has expired. */
  oldTier: string | null
  newTier: string
  oldCredits: number
  newCredits: number
  creditsDelta: number
}

export type HistoryOptions<Txn = unknown> = TransactionFilter & { txn?: Txn }
