import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  datetime,
  index,
  int,
  json,
  mysqlTable,
  text,
  unique,
  varchar,
} from 'drizzle-orm/mysql-core'

/** Your own users. The tables below refer to their id: change its type here and in `userId`. */
export const users = mysqlTable('users', { id: int('id').autoincrement().primaryKey() })

const userId = () =>
  int('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' })
const credits = (name: string) => bigint(name, { mode: 'number' }).notNull()
const time = (name: string) => datetime(name, { fsp: 6 })
const now = (name: string) => time(name).notNull().default(sql`(utc_timestamp(6))`)

/** The balance of each user, one for each kind of credits, in whole credits. Rows are opened when they are needed. */
export const userCredits = mysqlTable(
  'user_credits',
  {
    id: int('id').autoincrement().primaryKey(),
    userId: userId(),
    creditType: varchar('credit_type', { length: 50 }).notNull(),
    balance: credits('balance').default(0),
    totalPurchased: credits('total_purchased').default(0),
    totalUsed: credits('total_used').default(0),
    membershipTier: varchar('membership_tier', { length: 50 }),
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
export const creditPackages = mysqlTable('credit_packages', {
  id: int('id').autoincrement().primaryKey(),
  name: varchar('name', { length: 255 }).notNull(),
  description: text('description'),
  creditAmount: int('credit_amount').notNull(),
  price: int('price').notNull(),
  creditType: varchar('credit_type', { length: 50 }).notNull(),
  isActive: boolean('is_active').notNull().default(true),
  sortOrder: int('sort_order').notNull().default(0),
  metadata: json('metadata').notNull(),
  createdAt: now('created_at'),
  updatedAt: now('updated_at'),
})

/** One row per change of a balance. What an operation's metadata names has a column of its own. */
const ledgerColumns = () => ({
  id: varchar('id', { length: 255 }).primaryKey(),
  userId: userId(),
  creditType: varchar('credit_type', { length: 50 }).notNull(),
  /** `purchase`, `usage`, `refund` or `adjustment`. */
  transactionType: varchar('transaction_type', { length: 20 }).notNull(),
  action: varchar('action', { length: 255 }).notNull(),
  amount: credits('amount'),
  balanceBefore: credits('balance_before'),
  balanceAfter: credits('balance_after'),
  /** The charge that a refund gives back. */
  refundOf: varchar('refund_of', { length: 255 }),
  description: text('description').generatedAlwaysAs(sql`json_value(metadata, '$.description')`, {
    mode: 'stored',
  }),
  referenceId: text('reference_id').generatedAlwaysAs(sql`json_value(metadata, '$.referenceId')`, {
    mode: 'stored',
  }),
  referenceType: text('reference_type').generatedAlwaysAs(sql`json_value(metadata, '$.referenceType')`, {
    mode: 'stored',
  }),
  metadata: json('metadata').notNull(),
  createdAt: now('created_at'),
})

/** The ledger. */
export const creditTransactions = mysqlTable('credit_transactions', ledgerColumns(), (table) => [
  index('credit_transactions_user_created_idx').on(table.userId, table.createdAt),
  index('credit_transactions_refund_idx').on(table.refundOf),
  check('credit_transactions_adds_up', sql`${table.balanceBefore} + ${table.amount} = ${table.balanceAfter}`),
])

/** Old rows of the ledger, which `engine.archiveTransactions` moves here. */
export const creditTransactionsArchive = mysqlTable(
  'credit_transactions_archive',
  ledgerColumns(),
  (table) => [index('credit_transactions_archive_user_created_idx').on(table.userId, table.createdAt)],
)

/** Who did or tried what. */
export const auditLogs = mysqlTable(
  'audit_logs',
  {
    id: varchar('id', { length: 255 }).primaryKey(),
    userId: userId(),
    action: varchar('action', { length: 255 }).notNull(),
    status: varchar('status', { length: 50 }).notNull(),
    metadata: json('metadata').notNull(),
    errorMessage: text('error_message'),
    createdAt: now('created_at'),
  },
  (table) => [index('audit_logs_user_created_idx').on(table.userId, table.createdAt)],
)

/** The first result under each idempotency key. */
export const idempotencyRecords = mysqlTable(
  'idempotency_records',
  {
    key: varchar('key', { length: 255 }).primaryKey(),
    result: json('result').notNull(),
    createdAt: now('created_at'),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [index('idempotency_records_expires_idx').on(table.expiresAt)],
)
