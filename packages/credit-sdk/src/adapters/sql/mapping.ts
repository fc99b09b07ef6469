/** Where the balances are: a user table, one table beside it, or that of the organizations. */
export type BalanceMapping = {
  table?: string
  id?: string
  credits?: string
  /** null where there is no such column; so for the next three. */
  membershipTier?: string | null
  membershipExpiresAt?: string | null
  createdAt?: string | null
  updatedAt?: string | null
  /** What the column holds for each tier, as `{ FREE_PLAN: 'free', PRO_PLAN: 'premium' }`. Other values are no tier. */
  tierValues?: Readonly<Record<string, string>>
  /** All credits that were granted, and all that were charged, less what was refunded; by default not kept. */
  totalPurchased?: string | null
  totalUsed?: string | null
  /** Columns with one value, as `{ credit_type: 'calling' }`, where a user has a balance of each of several kinds. */
  fixed?: FixedColumns
}

export type FixedColumns = Readonly<Record<string, string>>

/** The table of the acting users, where the balances are in another one. */
export type UserMapping = {
  table: string
  id?: string
  /**
   * The column with the id of the balance: the user's own `id` for a separate table, where missing rows are opened, or
   * that of the organization.
   */
  balanceId?: string
}

export type SqlMapping = {
  balances?: BalanceMapping
  users?: UserMapping
  transactions?: {
    table?: string
    id?: string
    userId?: string
    action?: string
    amount?: string
    balanceBefore?: string
    balanceAfter?: string
    refundOf?: string
    metadata?: string
    createdAt?: string
    /** `purchase`, `usage`, `refund` or `adjustment`; by default not kept. */
    transactionType?: string | null
    /** Columns with one value, where rows of several kinds of balances share the table. */
    fixed?: FixedColumns
  }
  /** Where old rows of `transactions` go, with the same columns. */
  transactionArchive?: { table?: string }
  auditLogs?: {
    table?: string
    id?: string
    userId?: string
    action?: string
    status?: string
    metadata?: string
    errorMessage?: string
    createdAt?: string
  }
  idempotencyRecords?: {
    table?: string
    key?: string
    result?: string
    createdAt?: string
    expiresAt?: string
  }
}

const SQL_NAMES = {
  balances: {
    table: 'users',
    id: 'id',
    credits: 'credits',
    membershipTier: 'membership_tier',
    membershipExpiresAt: 'membership_expires_at',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
  transactions: {
    table: 'transactions',
    id: 'id',
    userId: 'user_id',
    action: 'action',
    amount: 'amount',
    balanceBefore: 'balance_before',
    balanceAfter: 'balance_after',
    refundOf: 'refund_of',
    metadata: 'metadata',
    createdAt: 'created_at',
  },
  transactionArchive: { table: 'transactions_archive' },
  auditLogs: {
    table: 'audit_logs',
    id: 'id',
    userId: 'user_id',
    action: 'action',
    status: 'status',
    metadata: 'metadata',
    errorMessage: 'error_message',
    createdAt: 'created_at',
  },
  idempotencyRecords: {
    table: 'idempotency_records',
    key: 'key',
    result: 'result',
    createdAt: 'created_at',
    expiresAt: 'expires_at',
  },
}

/** Models and fields as the field guides have them for Prisma: fields by the name that the SDK has. */
export const PRISMA_NAMES: typeof SQL_NAMES = {
  balances: {
    table: 'user',
    id: 'id',
    credits: 'credits',
    membershipTier: 'membershipTier',
    membershipExpiresAt: 'membershipExpiresAt',
    createdAt: 'createdAt',
    updatedAt: 'updatedAt',
  },
  transactions: {
    table: 'transaction',
    id: 'id',
    userId: 'userId',
    action: 'action',
    amount: 'amount',
    balanceBefore: 'balanceBefore',
    balanceAfter: 'balanceAfter',
    refundOf: 'refundOf',
    metadata: 'metadata',
    createdAt: 'createdAt',
  },
  transactionArchive: { table: 'transactionArchive' },
  auditLogs: {
    table: 'auditLog',
    id: 'id',
    userId: 'userId',
    action: 'action',
    status: 'status',
    metadata: 'metadata',
    errorMessage: 'errorMessage',
    createdAt: 'createdAt',
  },
  idempotencyRecords: {
    table: 'idempotencyRecord',
    key: 'key',
    result: 'result',
    createdAt: 'createdAt',
    expiresAt: 'expiresAt',
  },
}

type Nullable = 'membershipTier' | 'membershipExpiresAt' | 'createdAt' | 'updatedAt'

/** A mapping with a name for everything. */
export type ResolvedMapping = {
  balances: Omit<typeof SQL_NAMES.balances, Nullable> &
    Record<Nullable | 'totalPurchased' | 'totalUsed', string | null> & {
      tierValues: Readonly<Record<string, string>> | undefined
      fixed: FixedColumns
    }
  users: Required<UserMapping> | undefined
  transactions: typeof SQL_NAMES.transactions & { transactionType: string | null; fixed: FixedColumns }
  transactionArchive: typeof SQL_NAMES.transactionArchive
  auditLogs: typeof SQL_NAMES.auditLogs
  idempotencyRecords: typeof SQL_NAMES.idempotencyRecords
}

const UNUSED = { tierValues: undefined, totalPurchased: null, totalUsed: null, fixed: {} }

export function resolveMapping(
  mapping: SqlMapping = {},
  names: typeof SQL_NAMES = SQL_NAMES,
): ResolvedMapping {
  return {
    balances: { ...names.balances, ...UNUSED, ...mapping.balances },
    users: mapping.users && { id: 'id', balanceId: mapping.users.id ?? 'id', ...mapping.users },
    transactions: { ...names.transactions, transactionType: null, fixed: {}, ...mapping.transactions },
    transactionArchive: { ...names.transactionArchive, ...mapping.transactionArchive },
    auditLogs: { ...names.auditLogs, ...mapping.auditLogs },
    idempotencyRecords: { ...names.idempotencyRecords, ...mapping.idempotencyRecords },
  }
}

/** The tier that a value of the column means. */
export function toTier({ tierValues }: ResolvedMapping['balances'], value: string | null): string | null {
  if (!tierValues || value === null) return value
  return Object.hasOwn(tierValues, value) ? (tierValues[value] ?? null) : null
}

/**
 * The value of the column that means a tier.
 * @throws when the mapping has none
 */
export function fromTier({ tierValues }: ResolvedMapping['balances'], tier: string | null): string | null {
  if (!tierValues || tier === null) return tier
  const entry = Object.entries(tierValues).find(([, meant]) => meant === tier)
  if (!entry) throw new Error(`The mapping has no value for the tier ${tier}.`)
  return entry[0]
}
