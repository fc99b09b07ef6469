import { sql } from 'drizzle-orm'
import { check, customType, index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'

/** Your own users. The tables below refer to their id: change its type here and in `userId`. */
export const users = sqliteTable('users', { id: integer('id').primaryKey({ autoIncrement: true }) })

const userId = () =>
  integer('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' })
const credits = (name: string) => integer(name).notNull()
/** Text in ISO 8601, in UTC: it sorts and compares as times do. */
const time = customType<{ data: Date; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => value.toISOString(),
  fromDriver: (value) => new Date(value),
})
const now = (name: string) => time(name).notNull().default(sql`(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`)

/** The balance of each user, one for each kind of credits, in whole credits. Rows are opened when they are needed. */
export const userCredits = sqliteTable(
  'user_credits',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: userId(),
    creditType: text('credit_type').notNull(),
    balance: credits('balance').default(0),
    totalPurchased: credits('total_purchased').default(0),
    totalUsed: credits('total_used').default(0),
    membershipTier: text('membership_tier'),
    membershipExpiresAt: time('membership_expires_at'),
    createdAt: now('created_at'),
    updatedAt: now('updated_at'),
  },
  (table) => [
    unique('user_credits_one_per_type').on(table.userId, table.creditType),
    check('user_credits_balance_not_negative', sql`${table.balance} >= 0`),
  ],
)

/** What is for sale. `price` is in cents. The engine does not read it: grant `creditAmount` once it is paid. */
export const creditPackages = sqliteTable('credit_packages', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  description: text('description'),
  creditAmount: integer('credit_amount').notNull(),
  price: integer('price').notNull(),
  creditType: text('credit_type').notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull().default(true),
  sortOrder: integer('sort_order').notNull().default(0),
  metadata: text('metadata', { mode: 'json' }).notNull().default({}),
  createdAt: now('created_at'),
  updatedAt: now('updated_at'),
})

/** One row per change of a balance. What an operation's metadata names has a column of its own. */
const ledgerColumns = () => ({
  id: text('id').primaryKey(),
  userId: userId(),
  creditType: text('credit_type').notNull(),
  /** `purchase`, `usage`, `refund` or `adjustment`. */
  transactionType: text('transaction_type').notNull(),
  action: text('action').notNull(),
  amount: credits('amount'),
  balanceBefore: credits('balance_before'),
  balanceAfter: credits('balance_after'),
  /** The charge that a refund gives back. */
  refundOf: text('refund_of'),
  description: text('description').generatedAlwaysAs(sql`json_extract(metadata, '$.description')`),
  referenceId: text('reference_id').generatedAlwaysAs(sql`json_extract(metadata, '$.referenceId')`),
  referenceType: text('reference_type').generatedAlwaysAs(sql`json_extract(metadata, '$.referenceType')`),
  metadata: text('metadata', { mode: 'json' }).notNull().default({}),
  createdAt: now('created_at'),
})

/** The ledger. */
export const creditTransactions = sqliteTable('credit_transactions', ledgerColumns(), (table) => [
  index('credit_transactions_user_created_idx').on(table.userId, table.createdAt),
  index('credit_transactions_refund_idx').on(table.refundOf),
  check('credit_transactions_adds_up', sql`${table.balanceBefore} + ${table.amount} = ${table.balanceAfter}`),
])

/** Old rows of the ledger, which `engine.archiveTransactions` moves here. */
export const creditTransactionsArchive = sqliteTable(
  'credit_transactions_archive',
  ledgerColumns(),
  (table) => [index('credit_transactions_archive_user_created_idx').on(table.userId, table.createdAt)],
)

/** Who did or tried what. */
export const auditLogs = sqliteTable(
  'audit_logs',
  {
    id: text('id').primaryKey(),
    userId: userId(),
    action: text('action').notNull(),
    status: text('status').notNull(),
    metadata: text('metadata', { mode: 'json' }).notNull().default({}),
    errorMessage: text('error_message'),
    createdAt: now('created_at'),
  },
  (table) => [index('audit_logs_user_created_idx').on(table.userId, table.createdAt)],
)

/** The first result under each idempotency key. */
export const idempotencyRecords = sqliteTable(
  'idempotency_records',
  {
    key: text('key').primaryKey(),
    result: text('result', { mode: 'json' }).notNull(),
    createdAt: now('created_at'),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [index('idempotency_records_expires_idx').on(table.expiresAt)],
)
