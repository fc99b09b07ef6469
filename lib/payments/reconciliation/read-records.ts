import 'server-only'
import { createAdminClient } from '@/lib/supabase/admin'

/** Few enough that their ids fit into the address of a request. */
const BATCH = 100
/** As many rows as the Data API gives at once. */
const PAGE = 1000

type Reply<Row> = PromiseLike<{ data: Row[] | null; error: { message: string } | null }>

/** A list in handfuls, each item once: what changes while a list is read shifts its pages. */
export async function* inBatches<Item>(
  items: AsyncIterable<Item>,
  idOf: (item: Item) => string,
): AsyncGenerator<Item[]> {
  const seen = new Set<string>()
  let batch: Item[] = []
  for await (const item of items) {
    if (seen.has(idOf(item))) continue
    seen.add(idOf(item))
    batch.push(item)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

async function rows<Row>(answer: Reply<Row>): Promise<Row[]> {
  const { data, error } = await answer
  if (error) throw new Error(`Our own records could not be read: ${error.message}`, { cause: error })
  return data ?? []
}

async function* pages<Row>(read: (from: number, to: number) => Reply<Row>): AsyncGenerator<Row> {
  for (let from = 0; ; from += PAGE) {
    const page = await rows(read(from, from + PAGE - 1))
    yield* page
    if (page.length < PAGE) return
  }
}

/** Which of the provider's customers are our users. */
export async function readCustomers(provider: string, customerIds: string[]): Promise<Set<string>> {
  const found = await rows(
    createAdminClient()
      .from('payment_customers')
      .select('provider_customer_id')
      .eq('provider', provider)
      .in('provider_customer_id', customerIds),
  )
  return new Set(found.map((row) => row.provider_customer_id))
}

/** Our payments by the provider's ids. */
export async function readPayments(provider: string, paymentIds: string[]) {
  const found = await rows(
    createAdminClient()
      .from('payments')
      .select('id, provider_payment_id, status')
      .eq('provider', provider)
      .in('provider_payment_id', paymentIds),
  )
  return new Map(found.map((row) => [row.provider_payment_id, row]))
}

/** The states of the payments that were made, or are to be made, on a checkout. */
export async function readCheckout(provider: string, sessionId: string): Promise<string[]> {
  const found = await rows(
    createAdminClient()
      .from('payments')
      .select('status')
      .eq('provider', provider)
      .eq('checkout_session_id', sessionId),
  )
  return found.map(({ status }) => status)
}

/** Our payments that succeeded and that the provider made in the period. */
export function readSucceeded(provider: string, { since, until }: { since: Date; until: Date }) {
  return pages((from, to) =>
    createAdminClient()
      .from('payments')
      .select('provider_payment_id')
      .eq('provider', provider)
      .eq('status', 'succeeded')
      .gte('charged_at', since.toISOString())
      .lte('charged_at', until.toISOString())
      .order('id')
      .range(from, to),
  )
}

/** The provider's ids of our payments from before `since` that the bank has not decided yet. */
export async function readUndecided(provider: string, since: Date): Promise<string[]> {
  const found = await rows(
    createAdminClient()
      .from('payments')
      .select('provider_payment_id')
      .eq('provider', provider)
      .eq('status', 'processing')
      .lt('created_at', since.toISOString())
      .order('created_at', { ascending: false })
      .limit(PAGE),
  )
  return found.flatMap(({ provider_payment_id }) => provider_payment_id ?? [])
}

/** Our subscriptions by the provider's ids. */
export async function readSubscriptions(provider: string, subscriptionIds: string[]) {
  const found = await rows(
    createAdminClient()
      .from('subscriptions')
      .select()
      .eq('provider', provider)
      .in('provider_subscription_id', subscriptionIds),
  )
  return new Map(found.map((row) => [row.provider_subscription_id, row]))
}

/** The periods of our subscriptions that were paid and start within a time. */
export async function readPeriods(subscriptionIds: string[], from: number, to: number) {
  return rows(
    createAdminClient()
      .from('subscription_periods')
      .select('subscription_id, period_start')
      .in('subscription_id', subscriptionIds)
      .gte('period_start', new Date(from).toISOString())
      .lte('period_start', new Date(to).toISOString()),
  )
}

/** The id of our plan by the provider's product. */
export async function readPlans(provider: string): Promise<Map<string | null, string>> {
  const found = await rows(
    createAdminClient()
      .from('package_products')
      .select('package_id, product_id, credit_packages!inner(kind)')
      .eq('provider', provider)
      .eq('credit_packages.kind', 'subscription'),
  )
  return new Map(found.map((row) => [row.product_id, row.package_id]))
}

/** Our refunds by the provider's ids. */
export async function readRefunds(provider: string, refundIds: string[]) {
  const found = await rows(
    createAdminClient()
      .from('payment_refunds')
      .select('provider_refund_id, status')
      .eq('provider', provider)
      .in('provider_refund_id', refundIds),
  )
  return new Map(found.map((row) => [row.provider_refund_id, row]))
}

/** Our refunds that are not decided yet, the oldest first, with the provider's id of what they refund. */
export async function readOpenRefunds(provider: string) {
  return rows(
    createAdminClient()
      .from('payment_refunds')
      .select('id, payment_id, provider_refund_id, status, created_at, payments(provider_payment_id)')
      .eq('provider', provider)
      .in('status', ['requested', 'pending', 'review'])
      .order('created_at')
      .limit(PAGE),
  )
}

/** Events that were applied and are in review, the oldest first. */
export async function readReviews(provider: string) {
  return rows(
    createAdminClient()
      .from('payment_events')
      .select('id, type, error')
      .eq('provider', provider)
      .eq('status', 'review')
      .order('received_at')
      .limit(PAGE),
  )
}

/** Plans that began beside a live one and are not ended and refunded yet, the oldest first. */
export async function readOpenSurplus(provider: string) {
  return rows(
    createAdminClient()
      .from('subscriptions')
      .select('provider_subscription_id, status')
      .eq('provider', provider)
      .eq('surplus', 'open')
      .order('created_at')
      .limit(PAGE),
  )
}

/** Every refund of a payment, as we have them. */
export async function readRefundsOf(paymentId: string) {
  return rows(
    createAdminClient()
      .from('payment_refunds')
      .select('id, provider_refund_id, status, idempotency_key')
      .eq('payment_id', paymentId),
  )
}
