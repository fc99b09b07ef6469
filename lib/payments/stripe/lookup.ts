import 'server-only'
import { isMissing } from './classify-error'
import { createStripeClient } from './client'

const WITH_SCHEDULE_AND_CARD = { expand: ['schedule.phases.items.price', 'default_payment_method'] }
const WITH_PAYMENTS = { expand: ['payments'] }

async function unlessMissing(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Objects of Stripe as its API answers them, each with what it names that matters here; null where there is none. */
export const stripeLookup = {
  intent: (id: string) => unlessMissing(createStripeClient().paymentIntents.retrieve(id)),
  session: (id: string): Promise<unknown> =>
    createStripeClient().checkout.sessions.retrieve(id, { expand: ['payment_intent', 'invoice.payments'] }),
  /** The checkout that led to a payment, or to a subscription. */
  async sessionOf(of: { payment_intent: string } | { subscription: string }): Promise<unknown> {
    const { data } = await createStripeClient().checkout.sessions.list({ ...of, limit: 1 })
    return data[0] ?? null
  },
  invoice: (id: string): Promise<unknown> => createStripeClient().invoices.retrieve(id, WITH_PAYMENTS),
  /** The invoice that a payment is for. */
  async invoiceOf(paymentIntent: string): Promise<unknown> {
    const { data } = await createStripeClient().invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: paymentIntent },
      limit: 1,
    })
    const invoice = data[0]?.invoice
    const id = typeof invoice === 'string' ? invoice : invoice?.id
    return id ? stripeLookup.invoice(id) : null
  },
  subscription: (id: string): Promise<unknown> =>
    createStripeClient().subscriptions.retrieve(id, WITH_SCHEDULE_AND_CARD),
  schedule: (id: string): Promise<unknown> =>
    createStripeClient().subscriptionSchedules.retrieve(id, { expand: ['phases.items.price'] }),
  /** The refunds of a payment, the newest first. */
  async refundsOf(paymentIntent: string): Promise<unknown[]> {
    const { data } = await createStripeClient().refunds.list({ payment_intent: paymentIntent, limit: 100 })
    return data
  },
}

export type Lookup = typeof stripeLookup
