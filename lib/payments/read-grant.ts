import 'server-only'
import { createClient } from '@/lib/supabase/server'

/** What a payment or a period brought. */
export type Grant = {
  /** What was granted; before that, what will be. */
  credits: number
  /** How many of them went at once to repay what had been taken back before. */
  repaid: number
  /** The balance right after; null before there is a grant. */
  balance: number | null
}

const COLUMNS = 'user_id, credit_type, seq, amount, balance_after'

/** The grant with an id, or the latest one of a subscription, read as the caller; null when there is none. */
export async function readGrant(of: { id: number } | { subscriptionId: string }): Promise<Grant | null> {
  const supabase = await createClient()
  const rows = supabase.from('credit_transactions').select(COLUMNS)
  const wanted =
    'id' in of
      ? rows.eq('id', of.id)
      : rows
          .eq('type', 'subscription_grant')
          .eq('reference_type', 'subscription')
          .eq('reference_id', of.subscriptionId)
          .order('id', { ascending: false })
          .limit(1)
  const { data: grant, error } = await wanted.maybeSingle()
  if (error) throw new Error(`The ledger could not be read: ${error.message}`, { cause: error })
  if (!grant) return null
  // A debt is repaid in the transaction of the grant, so its row is the very next one of the wallet.
  const { data: repayment } = await supabase
    .from('credit_transactions')
    .select('amount, balance_after')
    .eq('user_id', grant.user_id)
    .eq('credit_type', grant.credit_type)
    .eq('seq', grant.seq + 1)
    .eq('type', 'debt_repayment')
    .maybeSingle()
  return {
    credits: grant.amount,
    repaid: repayment ? -repayment.amount : 0,
    balance: repayment?.balance_after ?? grant.balance_after,
  }
}
