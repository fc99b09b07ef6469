import { z } from 'zod'
import { type CardErrors, type CardFields, readCard, type TestCard } from '../dodopayments/cards.ts'
import { type RouteContext, route } from '../dodopayments/http.ts'
import { NOT_AUTHENTICATED, STRIPE_CARDS } from './cards.ts'
import { authenticationPage, checkoutPage, messagePage, overviewPage } from './checkout-page.ts'
import { renderInvoice } from './invoice-page.ts'
import { isOpen, pay } from './payments.ts'
import type { PaymentIntent, StripeSandbox } from './sandbox.ts'

const text = z.string().catch('')
const fields = z.object({ number: text, expiry: text, cvc: text })
const bank = z.object({ card: text, answer: z.enum(['yes', 'no']).catch('no') })

/** The pages a buyer sees, and one for the developer. */
export const pageRoutes = (sandbox: StripeSandbox) => [
  route('GET', '/', ({ url }) =>
    overviewPage(sandbox.store.state, url.searchParams.get('refused')).toResponse(),
  ),
  route('GET', '/c/pay/:id', ({ params }) => show(sandbox, params)),
  route('POST', '/c/pay/:id', async ({ request, params }) => {
    const typed = fields.parse(Object.fromEntries(await request.formData()))
    const read = readCard(typed, new Date(), STRIPE_CARDS)
    if ('errors' in read) return show(sandbox, params, { typed, errors: read.errors })
    // The bank asks the buyer before it decides.
    if (read.card.asks) return authenticationPage(params.id ?? '', read.card.number).toResponse()
    return charge(sandbox, params, read.card.outcome)
  }),
  route('POST', '/c/pay/:id/authenticate', async ({ request, params }) => {
    const { card, answer } = bank.parse(Object.fromEntries(await request.formData()))
    const asked = STRIPE_CARDS.find(({ number, asks }) => number === card && asks)
    return charge(sandbox, params, answer === 'yes' && asked ? asked.outcome : NOT_AUTHENTICATED)
  }),
  route('GET', '/p/session', ({ url }) => {
    const back = url.searchParams.get('return_url')
    return messagePage(
      'Billing portal',
      'The sandbox has no cards or addresses to manage.',
      back,
    ).toResponse()
  }),
  route('GET', '/invoice/:id/pdf', ({ params }) => renderInvoice(sandbox.store.state, params.id ?? '')),
]

type Params = RouteContext['params']
type Shown = { typed?: CardFields; errors?: CardErrors; decline?: string }

function show({ store, options }: StripeSandbox, { id = '' }: Params, shown: Shown = {}): Response {
  const record = store.state.sessions[id]
  if (!record) {
    const why = 'The link is wrong, or the sandbox was reset since it was made.'
    return messagePage('There is no such checkout', why, null).toResponse(404)
  }
  const { session, productId } = record
  if (!isOpen(session)) {
    const why = session.status === 'complete' ? 'This checkout is paid.' : 'This checkout has expired.'
    return messagePage('This checkout is over', why, session.cancel_url).toResponse(410)
  }
  const product = options.products.find((sold) => sold.productId === productId)
  const email = store.state.customers[String(session.customer)]?.email ?? ''
  const status = shown.errors ? 422 : 200
  return checkoutPage({ session, name: product?.name ?? productId, email, ...shown }).toResponse(status)
}

function charge(sandbox: StripeSandbox, params: Params, outcome: TestCard['outcome']): Response {
  const record = sandbox.store.state.sessions[params.id ?? '']
  // Two clicks pay once: the second finds the checkout over.
  if (!record || !isOpen(record.session)) return show(sandbox, params)
  const intent = pay(sandbox, record.session.id, outcome)
  if (intent.status === 'requires_payment_method')
    return show(sandbox, params, { decline: declineOf(intent) })
  const location = (record.session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', record.session.id)
  return new Response(null, { status: 303, headers: { location } })
}

const declineOf = ({ last_payment_error }: PaymentIntent) =>
  last_payment_error?.message ?? 'Your card was declined.'
