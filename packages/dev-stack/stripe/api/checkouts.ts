import { z } from 'zod'
import { route } from '../../dodopayments/http.ts'
import { refuse } from '../errors.ts'
import { findCustomer, findIntent, findSession } from '../find.ts'
import { listOf, metadata, readFields, wholeNumber } from '../form.ts'
import type { StripeSandbox } from '../sandbox.ts'
import { newSession } from '../shapes/session.ts'
import { keepPrice, priceData, url } from './inputs.ts'
import { expand, paging, readForm, reply, replyPage } from './reply.ts'

const DAY_SECONDS = 24 * 60 * 60

const checkout = z.strictObject({
  mode: z.enum(['payment', 'subscription']),
  customer: z.string(),
  line_items: listOf(z.strictObject({ quantity: z.literal('1'), price_data: priceData })).refine(
    (lines) => lines.length === 1,
    'The sandbox sells one product per checkout.',
  ),
  metadata,
  payment_intent_data: z.strictObject({ metadata }).optional(),
  subscription_data: z.strictObject({ metadata, trial_period_days: wholeNumber.optional() }).optional(),
  invoice_creation: z.strictObject({ enabled: z.enum(['true', 'false']) }).optional(),
  success_url: z.string().min(1),
  cancel_url: url.optional(),
})
const listed = z.strictObject({
  payment_intent: z.string().optional(),
  subscription: z.string().optional(),
  ...paging,
})

/** Hosted checkouts, of one product each. */
export const checkoutRoutes = (sandbox: StripeSandbox) => {
  const { store } = sandbox
  const { state } = store
  return [
    route('POST', '/v1/checkout/sessions', async ({ request }) => {
      const input = await readForm(request, checkout)
      const [line] = input.line_items
      if (!line) throw refuse(400, 'parameter_missing', 'Nothing is to be sold.')
      const isPlan = input.mode === 'subscription'
      if (isPlan !== Boolean(line.price_data.recurring)) {
        throw refuse(
          400,
          'parameter_invalid',
          'A subscription takes a recurring price, and nothing else does.',
        )
      }
      findCustomer(state, input.customer)
      const price = keepPrice(sandbox, line.price_data)
      const trialDays = input.subscription_data?.trial_period_days ?? 0
      const session = newSession({
        mode: input.mode,
        customer: input.customer,
        total: trialDays > 0 ? 0 : line.price_data.unit_amount,
        currency: price.currency,
        metadata: input.metadata,
        successUrl: input.success_url,
        cancelUrl: input.cancel_url ?? null,
        lifetimeSeconds: DAY_SECONDS,
        pageOf: (id) => `${sandbox.url()}/c/pay/${id}`,
      })
      state.sessions[session.id] = {
        session,
        price,
        metadata: (isPlan ? input.subscription_data : input.payment_intent_data)?.metadata ?? {},
        trialDays,
        makesInvoice: input.invoice_creation?.enabled === 'true',
      }
      store.save()
      return reply(state, session)
    }),
    route('GET', '/v1/checkout/sessions', ({ url }) => {
      const asked = readFields(url.searchParams, listed)
      if (asked.payment_intent) findIntent(state, asked.payment_intent)
      const found = Object.values(state.sessions)
        .map(({ session }) => session)
        .filter((session) => !asked.payment_intent || session.payment_intent === asked.payment_intent)
        .filter((session) => !asked.subscription || session.subscription === asked.subscription)
      return replyPage(state, url, found.reverse(), asked)
    }),
    route('GET', '/v1/checkout/sessions/:id', ({ url, params }) => {
      const asked = readFields(url.searchParams, z.strictObject({ expand }))
      return reply(state, findSession(state, params.id).session, asked.expand)
    }),
  ]
}
