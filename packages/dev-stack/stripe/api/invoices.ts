import { z } from 'zod'
import { route } from '../../dodopayments/http.ts'
import { findIntent, findInvoice, findSubscription } from '../find.ts'
import { listOf, readFields } from '../form.ts'
import type { StripeSandbox } from '../sandbox.ts'
import { newInvoice } from '../shapes/invoice.ts'
import { newPrice } from '../shapes/price.ts'
import { assertCanChange } from '../subscriptions/change-price.ts'
import { itemOf, setPrice, startPeriod } from '../subscriptions/period.ts'
import { recurringPriceData } from './inputs.ts'
import { created, expand, newest, paging, readForm, reply, replyPage } from './reply.ts'

const listed = z.strictObject({ subscription: z.string().optional(), created, ...paging })
const listedPayments = z.strictObject({
  payment: z.strictObject({ type: z.literal('payment_intent'), payment_intent: z.string() }),
  ...paging,
})
/** A change of plan as `subscriptions.update` takes it: at once, and paid in full. */
export const priceChange = {
  items: listOf(z.strictObject({ id: z.string(), price_data: recurringPriceData })),
  billing_cycle_anchor: z.strictObject({ type: z.literal('now') }),
  proration_behavior: z.literal('none'),
}
const previewInput = z.strictObject({
  subscription: z.string(),
  subscription_details: z.strictObject(priceChange),
})

/** Invoices, how they were paid, and what a change of plan would charge. */
export const invoiceRoutes = (sandbox: StripeSandbox) => {
  const { state } = sandbox.store
  return [
    route('GET', '/v1/invoices', ({ url }) => {
      const asked = readFields(url.searchParams, listed)
      const found = newest(Object.values(state.invoices), asked.created).filter(
        ({ parent }) =>
          !asked.subscription || parent?.subscription_details?.subscription === asked.subscription,
      )
      return replyPage(state, url, found, asked)
    }),
    route('POST', '/v1/invoices/create_preview', async ({ request }) => {
      const { subscription, subscription_details } = await readForm(request, previewInput)
      const record = structuredClone(findSubscription(state, subscription))
      const price = newPrice(
        subscription_details.items[0]?.price_data ?? { currency: '', unit_amount: 0, product: '' },
      )
      assertCanChange(record, price)
      setPrice(record, price)
      startPeriod(record)
      const { customer, currency } = record.subscription
      const billed = { subscription: record.subscription, reason: 'subscription_update' } as const
      const total = itemOf(record).price.unit_amount ?? 0
      return reply(state, newInvoice({ customer, currency, total, billed, pdfOf: () => '' }))
    }),
    route('GET', '/v1/invoices/:id', ({ url, params }) => {
      const asked = readFields(url.searchParams, z.strictObject({ expand }))
      return reply(state, findInvoice(state, params.id), asked.expand)
    }),
    route('GET', '/v1/invoice_payments', ({ url }) => {
      const asked = readFields(url.searchParams, listedPayments)
      const { id } = findIntent(state, asked.payment.payment_intent)
      const found = Object.values(state.invoicePayments).filter(
        ({ payment }) => payment.payment_intent === id,
      )
      return replyPage(state, url, found, asked)
    }),
  ]
}
