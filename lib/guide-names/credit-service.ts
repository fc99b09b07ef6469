import 'server-only'
import { getCurrentUser } from '@/lib/auth/session'
import { GENERAL } from '@/lib/credit-type'
import { CreditService as Engine } from '@/lib/credits'
import type {
  AddOptions,
  AdjustOptions,
  BalanceCheck,
  CreditChange,
  CreditTransaction,
  DeductOptions,
  HistoryFilter,
} from '@/lib/credits/types'
import type { UsageStats } from '@/lib/credits/usage-stats'
import { AppError, ConflictError, UnauthorizedError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import type { Json } from '@/lib/supabase/database.types'

/** An id of a user. A number is nobody's here, and is refused as such. */
type UserId = string | number

type Metadata = Record<string, Json>

type Usage = UsageStats & { balance: number; averageDaily: number; transactions: number }

/**
 * The product's `CreditService` with the calls that name their arguments by position. Why: code that is written so passes
 * a text where the product takes options, and the credit type in it would be lost. Each argument ends in the ledger row.
 *
 * A call with a reference id happens once: repeated, it answers as before. One without is not repeatable, and says so in
 * the log.
 */
export class CreditService extends Engine {
  /** Another name of `getUserCredits`. */
  async getBalance(userId: UserId, creditType = GENERAL): Promise<number> {
    return this.getUserCredits(String(userId), creditType)
  }

  /** `checkBalance(userId, creditType, required)` beside the product's `(userId, amount, creditType)`. */
  override async checkBalance(
    userId: UserId,
    first: number | string,
    second: number | string = GENERAL,
  ): Promise<BalanceCheck> {
    const [amount, creditType] = typeof first === 'number' ? [first, second] : [second, first]
    return super.checkBalance(String(userId), Number(amount), String(creditType))
  }

  override async addCredits(
    userId: UserId,
    amount: number,
    creditType: string | AddOptions = {},
    description?: string,
    transactionType?: string,
    metadata?: Metadata,
  ): Promise<number> {
    assertPositive(amount)
    if (typeof creditType !== 'string') return super.addCredits(String(userId), amount, creditType)
    warnUnrepeatable('addCredits', userId)
    const type = transactionType === undefined || transactionType === 'purchase' ? 'purchase' : 'promotion'
    const told = { ...metadata, ...(transactionType !== undefined && { transactionType }) }
    return super.addCredits(String(userId), amount, { type, creditType, description, metadata: told })
  }

  override async deductCredits(
    userId: UserId,
    amount: number,
    creditType: string | DeductOptions = {},
    description?: string,
    referenceId?: string,
    referenceType?: string,
    metadata?: Metadata,
  ): Promise<number> {
    assertPositive(amount)
    if (typeof creditType !== 'string') return super.deductCredits(String(userId), amount, creditType)
    if (referenceId === undefined) warnUnrepeatable('deductCredits', userId)
    const reference = { referenceId, referenceType }
    const idempotencyKey = referenceId && `deduct:${creditType}:${referenceType ?? ''}:${referenceId}`
    const options = { creditType, description, ...reference, metadata, idempotencyKey }
    return super.deductCredits(String(userId), amount, options)
  }

  /** Gives a whole deduction back, once. @throws ConflictError when it was given back before */
  async refundCredits(transactionId: number): Promise<CreditChange> {
    const change = await this.refundTransaction(transactionId)
    if (change.replayed) {
      throw new ConflictError('Transaction has already been refunded', 'already_refunded')
    }
    return change
  }

  /** Without options the admin is who is signed in. @throws UnauthorizedError when nobody is */
  override async adjustCredits(
    userId: UserId,
    amount: number,
    creditType: string | AdjustOptions,
    description = '',
    metadata?: Metadata,
  ): Promise<CreditChange> {
    if (typeof creditType !== 'string') return super.adjustCredits(String(userId), amount, creditType)
    const admin = await getCurrentUser()
    if (!admin) throw new UnauthorizedError()
    const options = { reason: description, actorId: admin.id, creditType, metadata }
    return super.adjustCredits(String(userId), amount, options)
  }

  /** Without a credit type, of every wallet. */
  override async getTransactionHistory(
    userId: UserId,
    creditType?: string | HistoryFilter,
    limit = 20,
    offset = 0,
  ): Promise<CreditTransaction[]> {
    const id = String(userId)
    if (typeof creditType === 'object') return super.getTransactionHistory(id, creditType)
    if (creditType !== undefined) return super.getTransactionHistory(id, { creditType, limit, offset })
    const types = Object.keys(await this.getAllBalances(id))
    const pages = types.map((type) =>
      super.getTransactionHistory(id, { creditType: type, limit: limit + offset }),
    )
    const rows = (await Promise.all(pages)).flat().sort((a, b) => b.id - a.id)
    return rows.slice(offset, offset + limit)
  }

  /** Of a wallet that was never opened, nothing at all. */
  override async getUsageStats(
    userId: UserId,
    range: string | { creditType?: string; from?: string; to?: string } = {},
    startDate?: Date,
    endDate?: Date,
  ): Promise<Usage> {
    const id = String(userId)
    const asked =
      typeof range === 'string'
        ? { creditType: range, from: startDate?.toISOString(), to: endDate?.toISOString() }
        : range
    const usage = (await super.getUsageStats(id, asked)) ?? unused(asked)
    const balance = await this.getUserCredits(id, asked.creditType)
    return { ...usage, balance, averageDaily: usage.averagePerDay, transactions: usage.count }
  }
}

export const creditService = new CreditService()

function assertPositive(amount: number): void {
  if (!(amount > 0)) throw new AppError('invalid_amount', 400, 'Amount must be positive')
}

function warnUnrepeatable(operation: string, userId: UserId): void {
  logger.warn('a change of credits without a reference id: sent again, it happens again', {
    operation,
    userId,
  })
}

function unused({ from = '', to = '' }: { from?: string; to?: string }): UsageStats {
  const none = { totalUsed: 0, totalPurchased: 0, totalRefunded: 0, count: 0, averagePerDay: 0 }
  return { from, to, ...none, byDay: [], byAction: [] }
}
