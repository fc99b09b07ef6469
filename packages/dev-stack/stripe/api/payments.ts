import { z } from 'zod'
import { route } from '../../dodopayments/http.ts'
import { missing } from '../errors.ts'
import { findIntent } from '../find.ts'
import { metadata, readFields, wholeNumber } from '../form.ts'
import { refund } from '../refunds.ts'
import type { StripeSandbox } from '../sandbox.ts'
import { created, newest, paging, readForm, reply, replyPage } from './reply.ts'

const refundInput = z.strictObject({ payment_intent: z.string(), amount: wholeNumber.optional(), metadata })
const listed = z.strictObject({ created, ...paging })
const listedRefunds = listed.extend({ payment_intent: z.string().optional() })

/** Payments and refunds. */
export const paymentRoutes = (sandbox: StripeSandbox) => {
  const { state } = sandbox.store
  return [
    route('GET', '/v1/payment_intents', ({ url }) => {
      const asked = readFields(url.searchParams, listed)
      return replyPage(state, url, newest(Object.values(state.intents), asked.created), asked)
    }),
    route('GET', '/v1/payment_intents/:id', ({ params }) => reply(state, findIntent(state, params.id))),
    route('POST', '/v1/refunds', async ({ request }) => {
      const { payment_intent, ...input } = await readForm(request, refundInput)
      return reply(state, refund(sandbox, findIntent(state, payment_intent), input))
    }),
    route('GET', '/v1/refunds', ({ url }) => {
      const asked = readFields(url.searchParams, listedRefunds)
      const found = newest(Object.values(state.refunds), asked.created).filter(
        ({ payment_intent }) => !asked.payment_intent || payment_intent === asked.payment_intent,
      )
      return replyPage(state, url, found, asked)
    }),
    route('GET', '/v1/refunds/:id', ({ params }) => {
      const found = state.refunds[params.id ?? '']
      if (!found) throw missing('refund', params.id)
      return reply(state, found)
    }),
  ]
}
