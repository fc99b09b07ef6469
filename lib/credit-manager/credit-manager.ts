import { GENERAL } from '@/lib/credit-type'
import type { FeedListener } from './credit-feed'
import { fetchBalances, followCredits } from './load-feed'
import type { BalanceRow, CreditEvents, KnownBalance, LiveStatus } from './types'

const LINGER_MS = 200

type Source = {
  follow: (userId: string, listener: FeedListener) => () => void
  fetch: (userId: string) => Promise<BalanceRow[]>
}

type Account = {
  balances: Map<string, KnownBalance>
  status: LiveStatus
  error: string | null
  subscribers: number
  unfollow: (() => void) | null
  linger?: ReturnType<typeof setTimeout>
}

/**
 * What this tab knows about balances, kept true by realtime row changes. One instance per tab; free of any framework.
 * Versions decide: whatever arrives late, twice or out of order never replaces something newer.
 */
export class CreditManager {
  readonly #accounts = new Map<string, Account>()
  readonly #listeners = new Map<string, Set<(event: never) => void>>()
  readonly #source: Source

  constructor(source: Source) {
    this.#source = source
  }

  /**
   * Follows a wallet: calls back with each new balance, in whole credits, and at once if one is known.
   * The connection opens with the first subscriber and closes after the last one has left.
   */
  subscribeToCredits(userId: string, callback: (balance: number) => void, creditType = GENERAL): () => void {
    const account = this.#account(userId)
    clearTimeout(account.linger)
    account.subscribers += 1
    account.unfollow ??= this.#source.follow(userId, {
      onRow: (row) => this.updateBalance(userId, row.balance, row),
      onStatus: (status, error) => this.#setStatus(userId, status, error),
    })
    const off = this.on('balanceUpdated', (update) => {
      if (update.userId === userId && update.creditType === creditType) callback(update.balance)
    })
    const known = this.findBalance(userId, creditType)
    if (known !== null) callback(known)

    let left = false
    return () => {
      if (left) return
      left = true
      off()
      account.subscribers -= 1
      // React mounts twice in development and between pages: a short wait spares closing and opening again.
      if (account.subscribers === 0) account.linger = setTimeout(() => this.#close(userId), LINGER_MS)
    }
  }

  /** The balance as last heard, in whole credits; 0 while none is known. */
  getBalance(userId: string, creditType = GENERAL): number {
    return this.findBalance(userId, creditType) ?? 0
  }

  /** The balance as last heard, in whole credits; null while none is known. */
  findBalance(userId: string, creditType = GENERAL): number | null {
    return this.#accounts.get(userId)?.balances.get(creditType)?.balance ?? null
  }

  /** Whether this tab has heard of a later version of a wallet than this one. */
  knowsNewer(userId: string, creditType: string, version: number): boolean {
    return (this.#accounts.get(userId)?.balances.get(creditType)?.version ?? -1) > version
  }

  /** How the live connection is doing, and a sentence when something is wrong. */
  getStatus(userId: string): { status: LiveStatus; error: string | null } {
    const { status, error } = this.#accounts.get(userId) ?? { status: 'connecting', error: null }
    return { status, error }
  }

  /**
   * Tells of a balance learnt elsewhere, as from the answer of a tool. With a version it counts only if it is newer
   * than what is known; without one it is shown until the next row arrives. `ahead` tells that it has credits already
   * which come back after that version, so it counts against that version's row too.
   */
  updateBalance(
    userId: string,
    balance: number,
    {
      version,
      creditType = GENERAL,
      ahead = false,
    }: { version?: number; creditType?: string; ahead?: boolean } = {},
  ): void {
    const { balances } = this.#account(userId)
    const known = balances.get(creditType)
    if (known && version !== undefined && version < known.version + (ahead ? 0 : 1)) return
    balances.set(creditType, { balance, version: version ?? known?.version ?? -1 })
    if (known?.balance !== balance) {
      this.emit('balanceUpdated', { userId, creditType, balance, previous: known?.balance ?? null })
    }
  }

  /** Asks the database for the balance, corrects what this tab shows, and gives it. Throws when it cannot be read. */
  async refresh(userId: string, creditType = GENERAL): Promise<number> {
    for (const row of await this.#source.fetch(userId)) this.updateBalance(userId, row.balance, row)
    return this.getBalance(userId, creditType)
  }

  /** Listens to an event, ours or one of your own; gives the function that stops. */
  on<Name extends keyof CreditEvents>(name: Name, listener: (event: CreditEvents[Name]) => void): () => void
  on(name: string, listener: (event: never) => void): () => void
  on(name: string, listener: (event: never) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    listeners.add(listener)
    this.#listeners.set(name, listeners)
    return () => void listeners.delete(listener)
  }

  /** Tells everybody who listens. */
  emit<Name extends keyof CreditEvents>(name: Name, event: CreditEvents[Name]): void
  emit(name: string, event: unknown): void
  emit(name: string, event: never): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(event)
  }

  #account(userId: string): Account {
    const known = this.#accounts.get(userId)
    if (known) return known
    const account: Account = {
      balances: new Map(),
      status: 'connecting',
      error: null,
      subscribers: 0,
      unfollow: null,
    }
    this.#accounts.set(userId, account)
    return account
  }

  #setStatus(userId: string, status: LiveStatus, error: string | null): void {
    const account = this.#account(userId)
    if (account.status === status && account.error === error) return
    account.status = status
    account.error = error
    this.emit('statusChanged', { userId, status, error })
  }

  #close(userId: string): void {
    const account = this.#account(userId)
    account.unfollow?.()
    account.unfollow = null
    // Nothing keeps these numbers true from now on, so a later subscriber must not be shown them as live.
    this.#setStatus(userId, 'connecting', null)
  }
}

/** The tab's one manager. The Supabase client is made with the first subscription, in the browser. */
export const creditManager = new CreditManager({ follow: followCredits, fetch: fetchBalances })
