import { z } from 'zod'
import type { Person } from '../people.ts'
import type { Story } from '../story.ts'

const refundRequest = z.object({ refund_id: z.string(), provider_product_id: z.string() })

/** Lets the sandbox's own clock renew, or end, what is due: the last period of `person` is over. */
export async function renewPlan(story: Story, person: Person): Promise<void> {
  const subscription = await findSubscription(story, person)
  await story.shop.visit(async ({ dodo, until }) => {
    await until(async () => {
      const { status, next_billing_date } = await dodo.subscriptions.retrieve(subscription)
      return status !== 'active' || Date.parse(next_billing_date) > Date.now()
    })
  })
}

/** Cancels a plan for the end of its period, as its owner does on the billing page. */
export async function cancelPlan(story: Story, person: Person): Promise<void> {
  const subscription = await findSubscription(story, person)
  await story.shop.visit(({ dodo }) =>
    dodo.subscriptions.update(subscription, { cancel_at_next_billing_date: true }),
  )
}

/** An admin refunds `amount` minor units of the latest payment. */
export async function refundPayment(story: Story, person: Person, amount: number, reason: string) {
  const { id, provider_payment_id } = await findPayment(story, person)
  const request = { p_payment_id: id, p_amount: amount, p_reason: reason, p_actor_id: story.admin.id }
  const p_idempotency_key = `demo:refund:${provider_payment_id}`
  const { refund_id, provider_product_id } = refundRequest.parse(
    await story.engine.call('request_payment_refund', { ...request, p_idempotency_key }),
  )
  await story.shop.visit(async ({ dodo, until }) => {
    const refund = await dodo.refunds.create({
      ...{ payment_id: provider_payment_id, reason, metadata: { request_id: refund_id } },
      items: [{ item_id: provider_product_id, amount, tax_inclusive: true }],
    })
    await until(async () => (await dodo.refunds.retrieve(refund.refund_id)).status !== 'pending')
  })
}

/** A buyer tells their bank that the latest payment was not theirs. */
export async function openDispute(story: Story, person: Person): Promise<void> {
  const { provider_payment_id } = await findPayment(story, person)
  await story.shop.visit(({ control }) => control(`payments/${provider_payment_id}/dispute`))
}

/** The bank decides for the shop. */
export async function winDispute({ engine, shop }: Story, person: Person): Promise<void> {
  const [row] = await engine.owner<{ id: string }[]>`
    select d.provider_dispute_id as id
    from payment_disputes d join payments p on p.id = d.payment_id
    where p.user_id = ${person.id} order by d.created_at desc limit 1`
  await shop.visit(({ control }) => control(`disputes/${row?.id}`, { outcome: 'won' }))
}

async function findPayment({ engine }: Story, { id, email }: Person) {
  const [payment] = await engine.owner<{ id: string; provider_payment_id: string }[]>`
    select id, provider_payment_id from payments
    where user_id = ${id} and status = 'succeeded' order by created_at desc limit 1`
  if (!payment) throw new Error(`${email} has paid nothing.`)
  return payment
}

async function findSubscription({ engine }: Story, { id, email }: Person): Promise<string> {
  const [plan] = await engine.owner<{ provider_subscription_id: string }[]>`
    select provider_subscription_id from subscriptions where user_id = ${id} order by created_at desc limit 1`
  if (!plan) throw new Error(`${email} has no plan.`)
  return plan.provider_subscription_id
}
