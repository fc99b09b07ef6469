import 'server-only'
import { changeBalance, openWallet } from './engine'
import { monitorCreditOperation } from './monitor'
import { readHistory, readWallets } from './read-wallets'
import type {
  AddOptions,
  AdjustOptions,
  BalanceCheck,
  CreditChange,
  CreditTransaction,
  DeductOptions,
  HistoryFilter,
  RefundOptions,
  WalletBalance,
} from './types'

const GENERAL = 'general'

/**
 * Credits on the server. Amounts are whole credits, 1 to 2^53 - 1. Every change is one database function, one
 * transaction and one ledger row. What the engine refuses is thrown as a CreditError, and has changed nothing.
 */
export class CreditService {
  /** What can be spent now; 0 for a wallet that does not exist. */
  async getUserCredits(userId: string, creditType = GENERAL): Promise<number> {
    const wallets = await readWallets(userId)
    return wallets[creditType]?.balance ?? 0
  }

  /** Every wallet of the user, by credit type. */
  async getAllBalances(userId: string): Promise<Record<string, WalletBalance>> {
    return readWallets(userId)
  }

  /** Whether the wallet can pay `amount` now. Only a charge itself is a promise. */
  async hasCredits(userId: string, amount: number, creditType = GENERAL): Promise<boolean> {
    const { hasSufficient } = await this.checkBalance(userId, amount, creditType)
    return hasSufficient
  }

  /** Whether the wallet can pay `amount` now, and how much is missing if not. */
  async checkBalance(userId: string, amount: number, creditType = GENERAL): Promise<BalanceCheck> {
    const balance = await this.getUserCredits(userId, creditType)
    const shortfall = Math.max(0, amount - balance)
    return { hasSufficient: shortfall === 0, balance, shortfall }
  }

  /** Adds credits that came from outside, and gives the new balance. */
  async addCredits(userId: string, amount: number, options: AddOptions = {}): Promise<number> {
    const { balance } = await monitorCreditOperation('add', userId, () =>
      changeBalance('add_credits', {
        p_user_id: userId,
        p_amount: amount,
        p_type: options.type,
        ...changeArguments(options),
      }),
    )
    return balance
  }

  /** Charges the wallet, and gives the new balance. Throws InsufficientCreditsError. */
  async deductCredits(userId: string, amount: number, options: DeductOptions = {}): Promise<number> {
    const { balance } = await this.charge(userId, amount, options)
    return balance
  }

  /** Charges the wallet, and gives the whole change, with its transaction. Throws InsufficientCreditsError. */
  async charge(userId: string, amount: number, options: DeductOptions = {}): Promise<CreditChange> {
    return monitorCreditOperation('deduct', userId, () =>
      changeBalance('deduct_credits', {
        p_user_id: userId,
        p_amount: amount,
        p_request_hash: options.requestHash,
        ...changeArguments(options),
      }),
    )
  }

  /** Gives a deduction back: once, and never more than it was. */
  async refundTransaction(transactionId: number, options: RefundOptions = {}): Promise<CreditChange> {
    return monitorCreditOperation('refund', `of transaction ${transactionId}`, () =>
      changeBalance('refund_transaction', {
        p_transaction_id: transactionId,
        p_amount: options.amount,
        p_reason: options.reason,
        p_idempotency_key: options.idempotencyKey,
        p_actor_id: options.actorId,
      }),
    )
  }

  /** An admin adds (positive) or removes (negative) credits. In the ledger and the audit log, with who and why. */
  async adjustCredits(userId: string, amount: number, options: AdjustOptions): Promise<CreditChange> {
    return monitorCreditOperation('adjust', userId, () =>
      changeBalance('adjust_credits', {
        p_user_id: userId,
        p_amount: amount,
        p_reason: options.reason,
        p_actor_id: options.actorId,
        p_credit_type: options.creditType,
        p_idempotency_key: options.idempotencyKey,
      }),
    )
  }

  /** Opens the wallet; an initial amount is granted at most once per user. */
  async initializeUserCredits(userId: string, initialAmount = 0, creditType = GENERAL): Promise<void> {
    await monitorCreditOperation('initialize', userId, () =>
      openWallet({ p_user_id: userId, p_initial_amount: initialAmount, p_credit_type: creditType }),
    )
  }

  /** The wallet's ledger, newest first, a page at a time. */
  async getTransactionHistory(userId: string, filter: HistoryFilter = {}): Promise<CreditTransaction[]> {
    return readHistory(userId, { creditType: GENERAL, ...filter })
  }
}

function changeArguments(options: AddOptions | DeductOptions) {
  return {
    p_credit_type: options.creditType,
    p_action: options.action,
    p_description: options.description,
    p_reference_id: options.referenceId,
    p_reference_type: options.referenceType,
    p_idempotency_key: options.idempotencyKey,
    p_metadata: options.metadata,
  }
}

export const creditService = new CreditService()
