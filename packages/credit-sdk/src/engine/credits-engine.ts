import { readConfig } from '../config/read-config.ts'
import type { CreditsConfig } from '../config/types.ts'
import { ConfigurationError, UndefinedActionError, UserNotFoundError } from '../errors.ts'
import { type ILogAdapter, silentLogger } from '../logging/log-adapter.ts'
import type { Transaction } from '../records.ts'
import type { IStorageAdapter } from '../storage/adapter.ts'
import { type ArchiveResult, archiveTransactions } from './archive.ts'
import { checkDate, checkId, checkPage } from './arguments.ts'
import { charge } from './charge.ts'
import { credit } from './credit.ts'
import { effectiveTier, mayDo } from './membership.ts'
import { createObserver, type ObserveOptions, type Operation, type OperationObserver } from './observe.ts'
import { changeTier } from './tier-change.ts'
import type {
  ChargeParams,
  ChargeResult,
  CreditResult,
  DowngradeTierParams,
  EngineContext,
  GrantParams,
  HistoryOptions,
  RefundParams,
  TierChangeResult,
  UpgradeTierParams,
} from './types.ts'

export type CreditsEngineOptions<Txn = unknown> = ObserveOptions & {
  storage: IStorageAdapter<Txn>
  config: CreditsConfig
  logger?: ILogAdapter
  /** The clock by which memberships and keys expire. */
  now?: () => Date
}

const DEFAULT_PAGE = 50

/**
 * Charges, refunds and grants credits, and changes tiers. Every change is one transaction with one ledger row. Amounts
 * are whole credits. An error of the database is thrown as it is.
 */
export class CreditsEngine<Txn = unknown> {
  readonly #context: EngineContext<Txn>
  readonly #observer: OperationObserver

  /** @throws ConfigurationError that names the first wrong field */
  constructor(options: CreditsEngineOptions<Txn>) {
    const { storage, config, logger = silentLogger, now = () => new Date(), ...observers } = options
    if (typeof storage?.transaction !== 'function')
      throw new ConfigurationError('storage.transaction', 'is missing: without it no charge is safe')
    this.#context = { storage, config: readConfig(config), logger, now }
    this.#observer = createObserver(observers, logger)
  }

  /**
   * Takes the price of the action, at the tier that counts inside the transaction.
   * @throws InsufficientCreditsError | MembershipRequiredError | UserNotFoundError | UndefinedActionError
   * @throws MissingVariableError | FormulaEvaluationError | IdempotencyKeyConflictError | InvalidArgumentError
   */
  charge(params: ChargeParams<Txn>): Promise<ChargeResult> {
    return this.#observe('charge', params, () => charge(this.#context, params))
  }

  /**
   * Gives credits back. With a `transactionId`, never more than what is left of that charge.
   * @throws RefundLimitError | TransactionNotFoundError | UserNotFoundError | IdempotencyKeyConflictError
   * @throws InvalidArgumentError
   */
  refund(params: RefundParams<Txn>): Promise<CreditResult> {
    return this.#observe('refund', params, () => credit(this.#context, 'refund', params))
  }

  /**
   * Adds credits.
   * @throws UserNotFoundError | IdempotencyKeyConflictError | InvalidArgumentError
   */
  grant(params: GrantParams<Txn>): Promise<CreditResult> {
    return this.#observe('grant', params, () => credit(this.#context, 'grant', params))
  }

  /**
   * The balance in credits.
   * @throws UserNotFoundError | InvalidArgumentError
   */
  queryBalance(userId: string, txn?: Txn): Promise<number> {
    return this.#observe('queryBalance', { userId }, async () => {
      checkId('userId', userId)
      const user = await this.#context.storage.getUserById(userId, txn)
      if (!user) throw new UserNotFoundError(userId)
      return user.credits
    })
  }

  /**
   * The user's ledger, newest first, from `startDate` (inclusive) to `endDate` (exclusive); 50 rows by default, at most
   * 1000. Empty for a user who is not there.
   * @throws InvalidArgumentError
   */
  getHistory(userId: string, options: HistoryOptions<Txn> = {}): Promise<Transaction[]> {
    const { limit = DEFAULT_PAGE, offset = 0, startDate, endDate, action, txn } = options
    return this.#observe('getHistory', { userId, action }, async () => {
      checkId('userId', userId)
      checkPage({ limit, offset })
      checkDate('startDate', startDate)
      checkDate('endDate', endDate)
      const filter = { limit, offset, startDate, endDate, action }
      return this.#context.storage.getTransactions(userId, filter, txn)
    })
  }

  /**
   * Whether the user's tier may do the action. Says nothing about the balance.
   * @throws UserNotFoundError | UndefinedActionError | InvalidArgumentError
   */
  validateAccess(userId: string, action: string, txn?: Txn): Promise<boolean> {
    const { storage, config, now } = this.#context
    return this.#observe('validateAccess', { userId, action }, async () => {
      checkId('userId', userId)
      if (!config.costs.has(action)) throw new UndefinedActionError(action)
      const user = await storage.getUserById(userId, txn)
      if (!user) throw new UserNotFoundError(userId)
      return mayDo(config, action, effectiveTier(user, now()))
    })
  }

  /**
   * Moves the user to a higher tier and fills the balance to its cap. A balance above the cap stays.
   * @throws InvalidTierChangeError | UndefinedTierError | UserNotFoundError | IdempotencyKeyConflictError
   * @throws InvalidArgumentError
   */
  upgradeTier({ membershipExpiresAt, ...params }: UpgradeTierParams<Txn>): Promise<TierChangeResult> {
    const change = { ...params, kind: 'upgrade' as const, expiresAt: membershipExpiresAt }
    return this.#observe('upgradeTier', params, () => changeTier(this.#context, change))
  }

  /**
   * Moves the user to a lower tier and cuts the balance to its cap.
   * @throws InvalidTierChangeError | UndefinedTierError | UserNotFoundError | IdempotencyKeyConflictError
   * @throws InvalidArgumentError
   */
  downgradeTier({ clearExpiration, ...params }: DowngradeTierParams<Txn>): Promise<TierChangeResult> {
    const change = { ...params, kind: 'downgrade' as const, expiresAt: clearExpiration ? null : undefined }
    return this.#observe('downgradeTier', params, () => changeTier(this.#context, change))
  }

  /**
   * Deletes the idempotency keys that have expired. Call it daily; keys in use stay.
   * @returns how many were deleted
   */
  deleteExpiredKeys(txn?: Txn): Promise<number> {
    const { storage, now } = this.#context
    return this.#observe('deleteExpiredKeys', {}, () => storage.deleteExpiredIdempotencyRecords(now(), txn))
  }

  /**
   * Moves the ledger rows before a date into the archive and puts an opening row in their place, user by user. What is
   * left adds up to the balance, or nothing of that user is moved. An archived charge can no longer be refunded by its
   * id, and history begins with the opening row.
   * @throws InvalidArgumentError | ConfigurationError when the storage has no archive
   */
  archiveTransactions({ before }: { before: Date }): Promise<ArchiveResult> {
    return this.#observe('archiveTransactions', {}, () => archiveTransactions(this.#context, before))
  }

  async #observe<T>(
    name: string,
    { userId, action }: Omit<Operation, 'name'>,
    run: () => Promise<T>,
  ): Promise<T> {
    return this.#observer({ name, userId, action }, run)
  }
}
