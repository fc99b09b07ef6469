import 'server-only'
import { GENERAL } from '@/lib/credit-type'
import { callFunction } from '@/lib/supabase/call-function'
import { assertCredits } from '@/lib/supabase/check-arguments'
import { readCachedBalances } from './balance-cache'
import { callMany, type Outcome } from './call-many'
import { addArguments, deductArguments } from './change-arguments'
import { deduct, reserve, settle } from './charge-window'
import { type ChargeExplanation, explainTransaction } from './explain'
import { readBalances, readExpiringCredits } from './read-balances'
import { readHistory, readUsage, readViolations } from './read-ledger'
import { reserveArguments } from './reserve-arguments'
import { change, extension, holdEnd, nothing } from './results'
import { settleArguments } from './settle-arguments'
import type * as Credits from './types'
import type { UsageStats } from './usage-stats'

/**
 * Credits on the server. Amounts are whole credits, 1 to 2^53 - 1. Every change is one database function, one
 * transaction and one ledger row. What the engine refuses is thrown as a RefusedError, and has changed nothing.
 */
export class CreditService {
  /** What can be spent now; 0 for a wallet that does not exist. */
  async getUserCredits(userId: string, creditType = GENERAL): Promise<number> {
    const balances = await readBalances(userId)
    return balances[creditType]?.balance ?? 0
  }

  /** Every wallet of the user, by credit type: for display, since it may come from the cache of `REDIS_URL`. */
  async getAllBalances(userId: string): Promise<Record<string, Credits.WalletBalance>> {
    return readCachedBalances(userId)
  }

  /** What is left of credits that expire, the soonest first. */
  async getExpiringCredits(userId: string): Promise<Credits.ExpiringCredits[]> {
    return readExpiringCredits(userId)
  }

  /** Whether the wallet can pay `amount` now. Only a charge itself is a promise. */
  async hasCredits(userId: string, amount: number, creditType = GENERAL): Promise<boolean> {
    const { hasSufficient } = await this.checkBalance(userId, amount, creditType)
    return hasSufficient
  }

  /** Whether the wallet can pay `amount` now, and how much is missing if not. */
  async checkBalance(userId: string, amount: number, creditType = GENERAL): Promise<Credits.BalanceCheck> {
    assertCredits(amount)
    const balance = await this.getUserCredits(userId, creditType)
    const shortfall = Math.max(0, amount - balance)
    return { hasSufficient: shortfall === 0, balance, shortfall }
  }

  /** Adds credits that came from outside, for good or until `expiresAt`, and gives the new balance. */
  async addCredits(userId: string, amount: number, options: Credits.AddOptions = {}): Promise<number> {
    const { balance } = await callFunction('add_credits', addArguments(userId, amount, options), change)
    return balance
  }

  /**
   * `addCredits` up to 1,000 times in one transaction, as if one by one: each entry has its own answer.
   * @throws RefusedError `batch_too_large`
   */
  async addMany(entries: readonly Credits.AddEntry[]): Promise<Credits.BatchResult[]> {
    const args = entries.map(({ userId, amount, ...options }) => addArguments(userId, amount, options))
    return toBatchResults(await callMany('add_many', args, change))
  }

  /**
   * Charges the wallet for what is done already, and gives the new balance. What may still fail, such as a run, is
   * charged by `reserve`.
   * @throws InsufficientCreditsError
   */
  async deductCredits(userId: string, amount: number, options: Credits.DeductOptions = {}): Promise<number> {
    const { balance } = await deduct(deductArguments(userId, amount, options))
    return balance
  }

  /**
   * `deductCredits` up to 1,000 times in one transaction, as if one by one: each entry has its own answer.
   * @throws RefusedError `batch_too_large`
   */
  async deductMany(entries: readonly Credits.DeductEntry[]): Promise<Credits.BatchResult[]> {
    const args = entries.map(({ userId, amount, ...options }) => deductArguments(userId, amount, options))
    return toBatchResults(await callMany('deduct_many', args, change))
  }

  /** Gives a deduction back, in whole or in part: once per key, and never more than it was. */
  async refundTransaction(
    transactionId: number,
    options: Credits.RefundOptions = {},
  ): Promise<Credits.CreditChange> {
    const args = {
      p_transaction_id: transactionId,
      p_amount: options.amount,
      p_reason: options.reason,
      p_idempotency_key: options.idempotencyKey,
      p_actor_id: options.actorId,
    }
    return callFunction('refund_transaction', args, change)
  }

  /** An admin adds (positive) or removes (negative) credits. In the ledger and the audit log, with who and why. */
  async adjustCredits(
    userId: string,
    amount: number,
    options: Credits.AdjustOptions,
  ): Promise<Credits.CreditChange> {
    const args = {
      p_user_id: userId,
      p_amount: amount,
      p_reason: options.reason,
      p_actor_id: options.actorId,
      p_credit_type: options.creditType,
      p_idempotency_key: options.idempotencyKey,
      p_metadata: options.metadata,
    }
    return callFunction('adjust_credits', args, change)
  }

  /** Opens the wallet; an initial amount is granted at most once per user. */
  async initializeUserCredits(userId: string, initialAmount = 0, creditType = GENERAL): Promise<void> {
    const args = { p_user_id: userId, p_initial_amount: initialAmount, p_credit_type: creditType }
    await callFunction('initialize_credits', args, nothing)
  }

  /**
   * Charges for a run, which may still fail, in one round trip: answers a repeated key, checks tier, rate and balance, and
   * picks the price of the tier. End it with `settle` or `release`; left alone it comes back after `holdMs`.
   * @throws InsufficientCreditsError, RateLimitedError, or RefusedError `membership_required` or `session_ended`;
   * for a key of the API `invalid_api_key`, `scope_missing`, `address_not_allowed`, `origin_not_allowed` or
   * `budget_exceeded`
   */
  async reserve(userId: string, options: Credits.ReserveOptions): Promise<Credits.Reservation> {
    return reserve(reserveArguments(userId, options))
  }

  /**
   * Holds `total` credits for a running run in all, before it uses them; what it holds already is not taken again.
   * @throws InsufficientCreditsError, or RefusedError `hold_closed` once the run has ended
   */
  async extend({ transactionId, lease }: Credits.RunHandle, total: number): Promise<Credits.HoldExtension> {
    const args = { p_transaction_id: transactionId, p_total: total, p_lease: lease }
    return callFunction('extend_hold', args, extension)
  }

  /**
   * Ends a run: keeps `amount` of what it holds (all of it by default) and the answer for a repeated request. One that
   * was `aborted` is settled for what it had used.
   */
  async settle(transactionId: number, options: Credits.SettleOptions = {}): Promise<Credits.HoldEnd> {
    return settle(settleArguments(transactionId, options))
  }

  /** Ends a run that failed or was aborted: gives all of it back, and stores `response` for a repeated request. */
  async release(
    transactionId: number,
    { reason, response, runStatus, lease, cost }: Credits.ReleaseOptions = {},
  ): Promise<Credits.HoldEnd> {
    const args = {
      p_transaction_id: transactionId,
      p_reason: reason,
      p_response: response,
      p_run_status: runStatus,
      p_lease: lease,
      p_cost: cost,
    }
    return callFunction('release_hold', args, holdEnd)
  }

  /** Gives a user a tier until an ISO time (for good without one), or takes it away with null. */
  async setMembership(
    userId: string,
    tier: string | null,
    { expiresAt, reason, actorId }: { expiresAt?: string; reason?: string; actorId?: string } = {},
  ): Promise<void> {
    const args = {
      p_user_id: userId,
      p_tier: tier ?? undefined,
      p_expires_at: expiresAt,
      p_reason: reason,
      p_actor_id: actorId,
    }
    await callFunction('set_membership', args, nothing)
  }

  /** Mails the user when the wallet falls below `threshold` credits from now on, or each of up to three; never with null. */
  async setLowBalanceThreshold(
    userId: string,
    threshold: number | readonly number[] | null,
    creditType = GENERAL,
  ): Promise<void> {
    const thresholds = threshold === null ? [] : [threshold].flat()
    const args = { p_user_id: userId, p_thresholds: thresholds, p_credit_type: creditType }
    await callFunction('set_low_balance_thresholds', args, nothing)
  }

  /** The wallet's ledger, newest first, filtered and a page at a time. */
  async getTransactionHistory(
    userId: string,
    filter: Credits.HistoryFilter = {},
  ): Promise<Credits.CreditTransaction[]> {
    return readHistory(userId, filter)
  }

  /** What the wallet used between two ISO times, by day and by action; null if there is no such wallet. */
  async getUsageStats(
    userId: string,
    range: { creditType?: string; from?: string; to?: string } = {},
  ): Promise<UsageStats | null> {
    return readUsage(userId, range)
  }

  /** Which price rule, tier, inputs and grants made a ledger row; null if the user has no such row. */
  async explainTransaction(userId: string, transactionId: number): Promise<ChargeExplanation | null> {
    return explainTransaction(userId, transactionId)
  }

  /** Checks every invariant, for one user or all; gives each row that breaks one. */
  async verifyLedger(userId?: string): Promise<Credits.LedgerViolation[]> {
    return readViolations(userId)
  }
}

const toBatchResults = (outcomes: Outcome<Credits.CreditChange>[]): Credits.BatchResult[] =>
  outcomes.map((outcome) => (outcome.ok ? { ok: true, ...outcome.result } : outcome))

export const creditService = new CreditService()
