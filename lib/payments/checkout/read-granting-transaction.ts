import 'server-only'
import type { Tables } from '@/lib/supabase/database.types'
import { createClient } from '@/lib/supabase/server'

/** What a payment or a period brought. */
export type GrantedCredits = {
  /** The wallet. */
  creditType: string
  /** What was granted; before that, what will be. */
  credits: number
  /** How many of them went at once to repay what had been taken back before. */
  repaid: number
  /** The balance there is now; null before there is a grant. */
  balance: number | null
}

type Subscription = Pick<Tables<'subscriptions'>, 'user_id' | 'provider' | 'provider_subscription_id'>

const COLUMNS = 'user_id, credit_type, seq, amount'

/** The grant with an id, or the latest one of a subscription, read as the caller; null when there is none. */
export async function readGrantingTransaction(
  of: { id: number } | { subscription: Subscription },
): Promise<GrantedCredits | null> {
  const supabase = await createClient()
  const rows = supabase.from('credit_transactions').select(COLUMNS)
  const wanted =
    'id' in of
      ? rows.eq('id', of.id)
      : rows
          .eq('type', 'subscription_grant')
          .eq('reference_type', 'subscription')
          .eq('reference_id', of.subscription.provider_subscription_id)
          .eq('user_id', of.subscription.user_id)
          .eq('metadata->>provider', of.subscription.provider)
          .order('id', { ascending: false })
          .limit(1)
  const { data: grant, error } = await wanted.maybeSingle()
  if (error) throw new Error(`The ledger could not be read: ${error.message}`, { cause: error })
  if (!grant) return null
  const ofWallet = { user_id: grant.user_id, credit_type: grant.credit_type }
  const [repayment, wallet] = await Promise.all([
    // A debt is repaid in the transaction of the grant, so its row is the very next one of the wallet.
    supabase
      .from('credit_transactions')
      .select('amount')
      .match({ ...ofWallet, seq: grant.seq + 1, type: 'debt_repayment' })
      .maybeSingle(),
    supabase.from('credits').select('balance').match(ofWallet).maybeSingle(),
  ])
  const failure = repayment.error ?? wallet.error
  if (failure) throw new Error(`The wallet could not be read: ${failure.message}`, { cause: failure })
  return {
    creditType: grant.credit_type,
    credits: grant.amount,
    repaid: repayment.data ? -repayment.data.amount : 0,
    balance: wallet.data?.balance ?? null,
  }
}
