import 'server-only'
import { isPlan, readPackages } from '@/lib/catalog/packages'
import { createClient } from '@/lib/supabase/server'

/** As much of a row of `payments` as decides its status. Money in minor units of `charged_currency`. */
export type PaymentState = {
  status: string
  created_at: string
  charged_amount: number | null
  charged_currency: string | null
  refunded_amount: number
  dispute_status: string | null
  failure_reason: string | null
}

/** A payment as its page shows it; money in minor units of `currency`. */
export type ListedPayment = {
  id: string
  packageId: string
  date: string
  what: string
  amount: number
  currency: string
  state: PaymentState
  /** Whether there is an invoice for it. */
  charged: boolean
}

const LIMIT = 50

const COLUMNS =
  'id, package_id, subscription_id, amount, currency, status, charged_amount, charged_currency, charged_at, refunded_amount, dispute_status, failure_reason, provider_payment_id, created_at'

/** A user's own payments, newest first, at most 50; `more` says whether there are older ones. Throws on failure. */
export async function listPayments(userId: string): Promise<{ payments: ListedPayment[]; more: boolean }> {
  const supabase = await createClient()
  const { data, error } = await supabase
    .from('payments')
    .select(COLUMNS)
    .eq('user_id', userId)
    .order('created_at', { ascending: false })
    .limit(LIMIT + 1)
  if (error) throw new Error(`The payments could not be read: ${error.message}`, { cause: error })
  const packages = await readPackages(data.map(({ package_id }) => package_id))
  const payments = data.slice(0, LIMIT).map((payment) => {
    const bought = packages.get(payment.package_id)
    const name = bought?.name ?? payment.package_id
    return {
      id: payment.id,
      packageId: payment.package_id,
      date: payment.charged_at ?? payment.created_at,
      what: bought && isPlan(bought) ? `${name} plan` : `${name} package`,
      amount: payment.charged_amount ?? payment.amount,
      currency: payment.charged_currency ?? payment.currency,
      state: payment,
      charged: payment.status === 'succeeded' && (payment.charged_amount ?? 0) > 0,
    }
  })
  return { payments, more: data.length > LIMIT }
}
