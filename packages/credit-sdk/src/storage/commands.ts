import type { IdempotencyRecord, Metadata } from '../records.ts'

/** What a tier pays, and what the price adds to the metadata of the ledger row. */
export type Price = { cost: number; metadata?: Metadata }

/**
 * The price for each tier, decided before the transaction, so that a storage can pick one where the tier is read.
 * `null` refuses: the tier is too low, or its price cannot be computed.
 */
export type PriceTable = { tiers: Readonly<Record<string, Price | null>>; other: Price | null }

/** The idempotency key of an operation, already scoped to its user, and the request it stands for. */
export type KeyClaim = { key: string; request: string; expiresAt: Date }

/** What the commands of all operations have in common. */
export type Command = {
  userId: string
  action: string
  /** The id the ledger row should get. A storage that numbers its rows may ignore it. */
  transactionId: string
  metadata: Metadata
  keyClaim?: KeyClaim
  /** What counts as expired: memberships and keys that end at or before it. */
  now: Date
  /** Whether a successful operation writes its row of the audit log, in the same transaction. */
  audit: boolean
}

export type ChargeCommand = Command & { kind: 'charge'; prices: PriceTable }

/** Credits that come in. A refund may name the charge it reverses, and then never exceeds what is left of it. */
export type CreditCommand = Command & { kind: 'grant' | 'refund'; amount: number; refundOf?: string }

export type TierChangeCommand = Command & {
  kind: 'upgrade' | 'downgrade'
  targetTier: string
  /** Every tier and its level. */
  levels: Readonly<Record<string, number>>
  /** The target tier's cap in credits, if it has one. */
  cap?: number
  /** When the membership ends; null for never; undefined keeps what is there, unless that has passed. */
  expiresAt?: Date | null
}

/** Refusals are outcomes: the storage changed nothing, and the engine makes the error. */
export type Refusal =
  | { status: 'replayed'; record: Pick<IdempotencyRecord, 'result'> }
  | { status: 'user-not-found' }

export type ChargeOutcome =
  | { status: 'done'; transactionId: string; cost: number; balanceBefore: number; balanceAfter: number }
  | { status: 'insufficient'; required: number; available: number }
  | { status: 'refused'; tier: string | null }
  | Refusal

export type CreditOutcome =
  | { status: 'done'; transactionId: string; amount: number; balanceAfter: number }
  | { status: 'transaction-not-found' }
  | { status: 'refund-limit'; refundable: number }
  | Refusal

export type TierChangeOutcome =
  | {
      status: 'done'
      transactionId: string
      oldTier: string | null
      newTier: string
      oldCredits: number
      newCredits: number
      creditsDelta: number
    }
  | { status: 'wrong-direction'; currentTier: string | null }
  | Refusal
