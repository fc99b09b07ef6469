import type { AuditLog, IdempotencyRecord, Transaction, User } from '../../records.ts'
import type {
  CreditsUpdate,
  IStorageAdapter,
  NewAuditLog,
  StorageFailure,
  TransactionFilter,
} from '../../storage/adapter.ts'
import type {
  ChargeCommand,
  ChargeOutcome,
  CreditCommand,
  CreditOutcome,
  TierChangeCommand,
  TierChangeOutcome,
} from '../../storage/commands.ts'
import { classifyFailure } from '../sql/failures.ts'
import { charge } from './charge.ts'
import { inTransaction, type LivebalancePool, type LivebalanceTransaction } from './connection.ts'
import { type GrantType, grant, refund } from './credit.ts'
import { LivebalanceRefusalError, toFunctionResult } from './function-result.ts'
import { readHistory, readTransaction, sumRefunds } from './history.ts'
import { changeTier } from './tier-change.ts'
import { lockUser, readUser } from './users.ts'

export type LivebalanceAdapterOptions = {
  /** A pool of node-postgres whose role may execute Livebalance's functions, such as `service_role`. */
  pool: LivebalancePool
  /** Which wallet of the user. */
  creditType?: string
  /** How Livebalance counts what `grant` adds; only the last two count as bought. */
  grantType?: GrantType
}

/**
 * Credits of Livebalance itself, through its SQL functions. Its ledger keeps keys for good and its audit log refusals,
 * so the engine's own clean-up and audit rows do nothing here.
 * @example new CreditsEngine({ storage: new LivebalanceAdapter({ pool }), config })
 */
export class LivebalanceAdapter implements IStorageAdapter<LivebalanceTransaction> {
  readonly #pool: LivebalancePool
  readonly #wallet: { creditType: string; grantType: GrantType }

  constructor({ pool, creditType = 'general', grantType = 'signup_bonus' }: LivebalanceAdapterOptions) {
    this.#pool = pool
    this.#wallet = { creditType, grantType }
  }

  transaction<T>(work: (txn: LivebalanceTransaction) => Promise<T>): Promise<T> {
    return inTransaction(this.#pool, work)
  }

  applyCharge(command: ChargeCommand, txn: LivebalanceTransaction = this.#pool): Promise<ChargeOutcome> {
    return charge(txn, command, this.#wallet.creditType)
  }

  applyCredit(command: CreditCommand, txn: LivebalanceTransaction = this.#pool): Promise<CreditOutcome> {
    const { refundOf } = command
    return refundOf === undefined ? grant(txn, command, this.#wallet) : refund(txn, command, refundOf)
  }

  applyTierChange(command: TierChangeCommand, txn?: LivebalanceTransaction): Promise<TierChangeOutcome> {
    if (txn) return changeTier(txn, command, this.#wallet)
    return this.transaction((own) => changeTier(own, command, this.#wallet))
  }

  getUserById(userId: string, txn: LivebalanceTransaction = this.#pool): Promise<User | null> {
    return readUser(txn, userId, this.#wallet.creditType)
  }

  /** The only floor that Livebalance has is 0. */
  async updateUserCredits(
    userId: string,
    amount: number,
    txn: LivebalanceTransaction = this.#pool,
    { floor = 0 }: CreditsUpdate = {},
  ): Promise<User | null> {
    if (floor !== 0) throw new LivebalanceRefusalError('unsupported', 'Livebalance has no floor but 0.')
    const { creditType, grantType } = this.#wallet
    const user = amount === 0 ? await lockUser(txn, userId, creditType) : await this.getUserById(userId, txn)
    if (!user || amount === 0) return user
    const values = [userId, Math.abs(amount), creditType]
    const { rows } =
      amount > 0
        ? await txn.query('select public.add_credits($1, $2, $3, $4) as result', [...values, grantType])
        : await txn.query('select public.deduct_credits($1, $2, $3) as result', values)
    const result = toFunctionResult(rows[0]?.result)
    if (result.ok) return { ...user, credits: result.balance }
    if (result.code === 'insufficient_credits') return null
    throw new LivebalanceRefusalError(result.code, result.message)
  }

  getTransactions(
    userId: string,
    filter: TransactionFilter,
    txn: LivebalanceTransaction = this.#pool,
  ): Promise<Transaction[]> {
    return readHistory(txn, userId, filter, this.#wallet.creditType)
  }

  getTransactionById(id: string, txn: LivebalanceTransaction = this.#pool): Promise<Transaction | null> {
    return readTransaction(txn, id)
  }

  getRefundedAmount(id: string, txn: LivebalanceTransaction = this.#pool): Promise<number> {
    return sumRefunds(txn, id)
  }

  /** Livebalance has its own audit log, which the functions write. */
  async createAuditLog(input: NewAuditLog): Promise<AuditLog> {
    return { ...input, id: '', createdAt: new Date() }
  }

  async getIdempotencyRecord(): Promise<IdempotencyRecord | null> {
    return null
  }

  async deleteExpiredIdempotencyRecords(): Promise<number> {
    return 0
  }

  createTransaction(): Promise<Transaction> {
    return Promise.reject(BY_FUNCTIONS_ONLY)
  }

  createIdempotencyRecord(): Promise<IdempotencyRecord | null> {
    return Promise.reject(BY_FUNCTIONS_ONLY)
  }

  updateUserMembership(): Promise<User | null> {
    return Promise.reject(BY_FUNCTIONS_ONLY)
  }

  classifyError(error: unknown): StorageFailure | undefined {
    return classifyFailure(error)
  }
}

const BY_FUNCTIONS_ONLY = new LivebalanceRefusalError(
  'unsupported',
  'Livebalance writes ledger, keys and memberships by its functions alone: use the engine.',
)
