/** Whatever belongs to an operation and can be written as JSON. */
export type Metadata = Readonly<Record<string, unknown>>

/** A user as the SDK sees one. `credits` are whole credits. */
export type User = {
  id: string
  credits: number
  membershipTier: string | null
  membershipExpiresAt: Date | null
  createdAt: Date
  updatedAt: Date
}

/** What changes a balance. */
export type OperationKind = 'charge' | 'refund' | 'grant' | 'upgrade' | 'downgrade'

/** A ledger row. `amount` is negative for a charge. */
export type Transaction = {
  id: string
  userId: string
  action: string
  amount: number
  balanceBefore: number
  balanceAfter: number
  metadata: Metadata
  createdAt: Date
  /** For a refund of a certain charge: the id of that charge. */
  refundOf?: string
}

export type AuditStatus = 'success' | 'failed'

/** What somebody did or tried, and why it failed. */
export type AuditLog = {
  id: string
  userId: string
  action: string
  status: AuditStatus
  metadata: Metadata
  errorMessage?: string
  createdAt: Date
}

/** The stored result of an operation, under the user's own key. */
export type IdempotencyRecord = {
  key: string
  result: StoredResult
  createdAt: Date
  expiresAt: Date
}

/** `request` is what the key was used for, `result` what the first call returned. */
export type StoredResult = { request: string; result: Readonly<Record<string, unknown>> }
