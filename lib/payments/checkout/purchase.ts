import type { CreditType } from '@/lib/credit-type'
import type { GrantedCredits } from './read-granting-transaction'

/** A purchase as the database has it now. Money is in minor units of `currency`; of a plan, for one period. */
export type Purchase = Omit<GrantedCredits, 'creditType'> & {
  /** The wallet that it fills. */
  type: CreditType
  /** `surplus`: a plan paid for beside a live one, which is ended and refunded. */
  state: 'waiting' | 'succeeded' | 'failed' | 'surplus'
  /** Of the package or plan. */
  name: string | null
  /** Null for a package, which is bought once. */
  plan: { interval: 'month' | 'year'; active: boolean; until: string | null; trial: boolean } | null
  price: number
  currency: string
  failureReason: string | null
}

/** Before there is a grant: the balance is not known, and nothing was repaid. */
export const NOTHING_GRANTED = { repaid: 0, balance: null } as const
