/**
 * `connecting` until the first subscription stands, `live` while changes arrive, `reconnecting` after a drop, `polling`
 * while no connection stands and the balance is read again and again, `offline` while the browser has no network.
 */
export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'polling' | 'offline'

/** A wallet as this tab knows it. `balance` is in whole credits; `version` orders what is heard about it. */
export type KnownBalance = { balance: number; version: number }

/** One balance, as a row of `credits` or the server tells it. */
export type BalanceRow = KnownBalance & { creditType: string }

export type BalanceUpdate = { userId: string; creditType: string; balance: number; previous: number | null }

export type CreditEvents = {
  /** A balance became another number. */
  balanceUpdated: BalanceUpdate
  statusChanged: { userId: string; status: LiveStatus; error: string | null }
}
