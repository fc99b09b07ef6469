import { z } from 'zod'
import { type CreditTypes, GENERAL } from '../credit-type.ts'
import { pagedQuery, periodQuery, point, transactionGroup } from '../credits/history-query.ts'
import { adjustment } from './adjustment.ts' // #only admin
import { mutation, query } from './contract.ts'
// #region payments
import { createCheckout } from './marketplace.ts'
import { creditPackage } from './package.ts'
import { createPackage, updatePackage } from './package-changes.ts' // #only admin payments

// #endregion

const creditType = z.string().min(1).max(40)

const wallet = z.object({
  balance: z.int(),
  totalPurchased: z.int(),
  totalUsed: z.int(),
  version: z.int(),
  nextExpiryAt: z.string().nullable(),
})

const transaction = z.object({
  id: z.int(),
  seq: z.int(),
  userId: z.string(),
  creditType,
  type: z.string(),
  transactionType: transactionGroup,
  amount: z.int(),
  balanceBefore: z.int(),
  balanceAfter: z.int(),
  action: z.string().nullable(),
  description: z.string().nullable(),
  referenceId: z.string().nullable(),
  referenceType: z.string().nullable(),
  reverses: z.int().nullable(),
  metadata: z.unknown(),
  createdAt: z.string(),
})

const date = z.union([point, z.date().transform((time) => time.toISOString())])
const used = { used: z.int(), count: z.int() }

type Wallet = z.output<typeof wallet>
type Wallets = Record<string, Wallet> & Record<keyof CreditTypes, Wallet>

/** The wallets of one user by credit type; those of `CreditTypes` are there, opened or not. */
const wallets = withKnownTypes(z.record(creditType, wallet))

function withKnownTypes(schema: z.ZodType<Record<string, Wallet>>): z.ZodType<Wallets, Record<string, Wallet>>
function withKnownTypes(schema: z.ZodType): z.ZodType {
  return schema
}

/** What the caller has. Amounts are whole credits. */
const reads = {
  /** Every wallet, also those that were never opened. */
  getBalances: query('/api/credits/balances', { input: z.strictObject({}).prefault({}), output: wallets }),
  /** One wallet; beside it all of them, and what is about to expire. */
  getBalance: query('/api/credits', {
    input: z.strictObject({ creditType: creditType.default(GENERAL) }).prefault({}),
    output: wallet.extend({
      creditType,
      balances: z.record(creditType, wallet),
      expiring: z.array(
        z.object({
          creditType,
          credits: z.int(),
          expiresAt: z.string(),
          source: z.string().nullable(),
        }),
      ),
    }),
  }),
  /** Whether a wallet can pay now. Only a charge itself is a promise. */
  checkBalance: query('/api/credits/check', {
    input: z.strictObject({
      creditType: creditType.default(GENERAL),
      required: z.coerce.number<number | string>().int().min(1).max(Number.MAX_SAFE_INTEGER),
    }),
    output: z.object({ hasSufficient: z.boolean(), balance: z.int(), shortfall: z.int() }),
  }),
  /** The ledger, newest first, by `cursor` or by `offset`. */
  getTransactionHistory: query('/api/credits/transactions', {
    input: pagedQuery.prefault({}),
    output: z.object({ transactions: z.array(transaction), nextCursor: z.int().nullable() }),
  }),
  /** What a wallet used in a period; `startDate` and `endDate` are other names of `from` and `to`. */
  getUsageStats: query('/api/credits/usage', {
    input: periodQuery.safeExtend({ startDate: date.optional(), endDate: date.optional() }).prefault({}),
    output: z.object({
      from: z.string(),
      to: z.string(),
      totalUsed: z.int(),
      totalPurchased: z.int(),
      totalRefunded: z.int(),
      balance: z.int(),
      /** The same number twice: as this API and as field guides call it. */
      count: z.int(),
      transactions: z.int(),
      averagePerDay: z.number(),
      averageDaily: z.number(),
      byDay: z.array(z.object({ ...used, day: z.string() })),
      byAction: z.array(z.object({ ...used, action: z.string().nullable() })),
    }),
  }),
}

export const credits = {
  ...reads,
  // #region payments
  /** What is for sale, of one credit type or of all. */
  getPackages: query('/api/credits/packages', {
    input: z.strictObject({ creditType: creditType.optional() }).prefault({}),
    output: z.array(creditPackage),
  }),
  /** Opens a checkout, as `marketplace.createCheckout`. */
  purchaseCredits: createCheckout,
  // #endregion
  // #region admin
  /** Admins add (positive) or remove (negative) credits. */
  adjustCredits: mutation('/api/admin/credits', {
    input: adjustment,
    output: z.object({
      newBalance: z.int(),
      balanceVersion: z.int(),
      creditType,
      transactionId: z.int(),
    }),
  }),
  // #endregion
  // #region admin payments
  createPackage,
  updatePackage,
  // #endregion
}
