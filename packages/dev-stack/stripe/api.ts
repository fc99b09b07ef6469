import { z } from 'zod'
import { type RouteContext, route } from '../dodopayments/http.ts'
import { missing, refuse } from './errors.ts'
import { listOf, metadata, readFields, wholeNumber } from './form.ts'
import { findIntent, findSession, refund } from './payments.ts'
import type { StripeSandbox, StripeState } from './sandbox.ts'
import { newCustomer } from './shapes/customer.ts'
import { newSession } from './shapes/session.ts'

const DAY_SECONDS = 24 * 60 * 60

const person = z.strictObject({ email: z.string().optional(), name: z.string().optional(), metadata })
const url = z.url({ protocol: /^https?$/ })
const checkout = z.strictObject({
  mode: z.literal('payment', { error: 'The sandbox sells in payment mode alone.' }),
  customer: z.string(),
  line_items: listOf(
    z.strictObject({
      quantity: z.literal('1'),
      price_data: z.strictObject({
        currency: z.string().regex(/^[a-z]{3}$/),
        unit_amount: wholeNumber,
        product: z.string(),
      }),
    }),
  ).refine((lines) => lines.length === 1, 'The sandbox sells one product per checkout.'),
  metadata,
  payment_intent_data: z.strictObject({ metadata }).optional(),
  invoice_creation: z.strictObject({ enabled: z.enum(['true', 'false']) }).optional(),
  success_url: z.string().min(1),
  cancel_url: url.optional(),
})
const expand = listOf(z.string()).default([])
const refundInput = z.strictObject({ payment_intent: z.string(), amount: wholeNumber.optional(), metadata })
const created = z.strictObject({ gte: wholeNumber.optional(), lte: wholeNumber.optional() }).default({})
const paging = { limit: wholeNumber.default(10), starting_after: z.string().optional() }

/** What the `stripe` client may ask; every body and query is checked, and refused where the sandbox knows less. */
export const apiRoutes = (sandbox: StripeSandbox) => {
  const { store, options } = sandbox
  const { state } = store
  return [
    route('POST', '/v1/customers', async ({ request }) => {
      const { email = null, name = null, metadata } = readFields(await bodyOf(request), person)
      const customer = newCustomer({ email, name, metadata })
      state.customers[customer.id] = customer
      store.save()
      return Response.json(customer)
    }),
    route('GET', '/v1/customers/:id', ({ params }) => Response.json(findCustomer(state, params.id))),
    route('POST', '/v1/customers/:id', async ({ request, params }) => {
      const { metadata: _, ...change } = readFields(await bodyOf(request), person)
      const customer = Object.assign(findCustomer(state, params.id), change)
      store.save()
      return Response.json(customer)
    }),

    route('POST', '/v1/checkout/sessions', async ({ request }) => {
      const input = readFields(await bodyOf(request), checkout)
      const [line] = input.line_items
      if (!line) throw refuse(400, 'parameter_missing', 'Nothing is to be sold.')
      findCustomer(state, input.customer)
      const { currency, unit_amount, product } = line.price_data
      if (!options.products.some(({ productId }) => productId === product)) throw missing('product', product)
      const session = newSession({
        customer: input.customer,
        total: unit_amount,
        currency,
        metadata: input.metadata,
        successUrl: input.success_url,
        cancelUrl: input.cancel_url ?? null,
        lifetimeSeconds: DAY_SECONDS,
        pageOf: (id) => `${sandbox.url()}/c/pay/${id}`,
      })
      state.sessions[session.id] = {
        session,
        productId: product,
        intentMetadata: input.payment_intent_data?.metadata ?? {},
        makesInvoice: input.invoice_creation?.enabled === 'true',
      }
      store.save()
      return Response.json(session)
    }),
    route('GET', '/v1/checkout/sessions', ({ url }) => {
      const query = z.strictObject({ payment_intent: z.string(), expand, ...paging })
      const asked = readFields(url.searchParams, query)
      findIntent(state, asked.payment_intent)
      const found = Object.values(state.sessions)
        .map(({ session }) => session)
        .filter(({ payment_intent }) => payment_intent === asked.payment_intent)
      const whole = asked.expand.includes('data.payment_intent')
      return list(
        url,
        found.map((session) => (whole ? withIntent(state, session) : session)),
        asked,
      )
    }),
    route('GET', '/v1/checkout/sessions/:id', ({ url, params }) => {
      const asked = readFields(url.searchParams, z.strictObject({ expand }))
      const { session } = findSession(state, params.id)
      return Response.json(asked.expand.includes('payment_intent') ? withIntent(state, session) : session)
    }),

    route('GET', '/v1/payment_intents', ({ url }) => listNewest(url, Object.values(state.intents))),
    route('GET', '/v1/payment_intents/:id', ({ params }) => Response.json(findIntent(state, params.id))),

    route('POST', '/v1/refunds', async ({ request }) => {
      const { payment_intent, ...input } = readFields(await bodyOf(request), refundInput)
      return Response.json(refund(sandbox, findIntent(state, payment_intent), input))
    }),
    route('GET', '/v1/refunds', ({ url }) => listNewest(url, Object.values(state.refunds))),
    route('GET', '/v1/refunds/:id', ({ params }) => answer(state.refunds[params.id ?? ''], 'refund', params)),

    route('GET', '/v1/invoices/:id', ({ params }) =>
      answer(state.invoices[params.id ?? ''], 'invoice', params),
    ),
    route('POST', '/v1/billing_portal/sessions', async ({ request }) => {
      const input = z.strictObject({ customer: z.string(), return_url: url.optional() })
      const { customer, return_url = '' } = readFields(await bodyOf(request), input)
      findCustomer(state, customer)
      const query = new URLSearchParams({ customer, return_url })
      return Response.json({ object: 'billing_portal.session', url: `${sandbox.url()}/p/session?${query}` })
    }),
  ]
}

const bodyOf = async (request: Request) => new URLSearchParams(await request.text())

function findCustomer(state: StripeState, id: string | undefined) {
  const customer = state.customers[id ?? '']
  if (!customer) throw missing('customer', id)
  return customer
}

function answer(object: object | undefined, kind: string, { id }: RouteContext['params']): Response {
  if (!object) throw missing(kind, id)
  return Response.json(object)
}

const withIntent = (state: StripeState, session: StripeState['sessions'][string]['session']) => ({
  ...session,
  payment_intent: state.intents[String(session.payment_intent)] ?? null,
})

/** What was made within a time, the newest first. */
function listNewest(url: URL, objects: { id: string; created: number }[]): Response {
  const asked = readFields(url.searchParams, z.strictObject({ created, ...paging }))
  const { gte = 0, lte = Number.POSITIVE_INFINITY } = asked.created
  const within = objects.filter((object) => object.created >= gte && object.created <= lte)
  return list(url, within.reverse(), asked)
}

/** A page of a list, which goes on after the object it is asked to. */
function list(
  url: URL,
  objects: { id: string }[],
  { limit, starting_after }: { limit: number; starting_after?: string | undefined },
): Response {
  const start = starting_after ? objects.findIndex(({ id }) => id === starting_after) + 1 : 0
  const data = objects.slice(start, start + limit)
  const has_more = start + limit < objects.length
  return Response.json({ object: 'list', url: url.pathname, has_more, data })
}
