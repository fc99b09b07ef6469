import type { Sql } from 'postgres'

export type Wallet = {
  user_id: string
  credit_type: string
  balance: number
  total_purchased: number
  total_used: number
  debt: number
  version: number
  next_expiry_at: string | null
}
export type Part = { grant: number; amount: number }
export type Entry = {
  id: number
  user_id: string
  credit_type: string
  seq: number
  type: string
  amount: number
  balance_before: number
  balance_after: number
  debt_change: number | null
  reference_id: string | null
  reference_type: string | null
  reverses: number | null
  burned_grants: Part[] | null
  idempotency_key: string | null
  created_at: string
}
export type Grant = {
  id: number
  transaction_id: number
  amount: number
  remaining: number
  priority: number
  expires_at: string
}
export type Hold = { transaction_id: number; amount: number; settled_amount: number | null; status: string }
export type Payment = {
  status: string
  credits: number
  id: string
  provider_payment_id: string | null
  transaction_id: number | null
  charged_amount: number | null
}
export type Refund = { payment_id: string; status: string; amount: number; whole: boolean }
export type Dispute = { payment_id: string; provider_dispute_id: string; status: string; amount: number }
export type Records = {
  wallets: Wallet[]
  ledger: Entry[]
  grants: Grant[]
  holds: Hold[]
  payments: Payment[]
  refunds: Refund[]
  disputes: Dispute[]
}

/** Everything the engine has written, in the order in which it was. */
export async function readRecords(sql: Sql): Promise<Records> {
  const [row] = await sql<{ records: Records }[]>`
    select jsonb_build_object(
      'wallets', (select coalesce(jsonb_agg(w), '[]') from public.credits w),
      'ledger', (select coalesce(jsonb_agg(t order by id), '[]') from public.credit_transactions t),
      'grants', (select coalesce(jsonb_agg(g order by id), '[]') from public.credit_grants g),
      'holds', (select coalesce(jsonb_agg(h order by transaction_id), '[]') from public.credit_holds h),
      'payments', (select coalesce(jsonb_agg(p), '[]') from public.payments p),
      'refunds', (select coalesce(jsonb_agg(r), '[]') from public.payment_refunds r),
      'disputes', (select coalesce(jsonb_agg(d), '[]') from public.payment_disputes d)
    ) as records`
  if (!row) throw new Error('The records cannot be read.')
  return row.records
}
