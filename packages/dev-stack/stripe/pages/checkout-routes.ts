import { z } from 'zod'
import { type CardErrors, type CardFields, readCard, type TestCard } from '../../dodopayments/cards.ts'
import { type RouteContext, route } from '../../dodopayments/http.ts'
import { NOT_AUTHENTICATED, STRIPE_CARDS } from '../cards.ts'
import { isOpen, pay } from '../checkout.ts'
import { findProduct } from '../products.ts'
import type { StripeSandbox } from '../sandbox.ts'
import { authenticationPage, checkoutPage } from './checkout-page.ts'
import { messagePage } from './page.ts'

const text = z.string().catch('')
export const cardFields = z.object({ number: text, expiry: text, cvc: text })
const bank = z.object({ card: text, answer: z.enum(['yes', 'no']).catch('no') })

/** The hosted checkout. */
export const checkoutPageRoutes = (sandbox: StripeSandbox) => [
  route('GET', '/c/pay/:id', ({ params }) => show(sandbox, params)),
  route('POST', '/c/pay/:id', async ({ request, params }) => {
    const typed = cardFields.parse(Object.fromEntries(await request.formData()))
    const read = readCard(typed, new Date(), STRIPE_CARDS)
    if ('errors' in read) return show(sandbox, params, { typed, errors: read.errors })
    // The bank asks the buyer before it decides.
    if (read.card.asks) return authenticationPage(params.id ?? '', read.card.number).toResponse()
    return charge(sandbox, params, read.card, read.card.outcome)
  }),
  route('POST', '/c/pay/:id/authenticate', async ({ request, params }) => {
    const { card, answer } = bank.parse(Object.fromEntries(await request.formData()))
    const asked = STRIPE_CARDS.find(({ number, asks }) => number === card && asks)
    const outcome = answer === 'yes' && asked ? asked.outcome : NOT_AUTHENTICATED
    return charge(sandbox, params, { number: card }, outcome)
  }),
]

type Params = RouteContext['params']
type Shown = { typed?: CardFields; errors?: CardErrors; decline?: string }

function show(sandbox: StripeSandbox, { id = '' }: Params, shown: Shown = {}): Response {
  const { state } = sandbox.store
  const record = state.sessions[id]
  if (!record) {
    const why = 'The link is wrong, or the sandbox was reset since it was made.'
    return messagePage('There is no such checkout', why, null).toResponse(404)
  }
  const { session, price } = record
  if (!isOpen(session)) {
    const why = session.status === 'complete' ? 'This checkout is paid.' : 'This checkout has expired.'
    return messagePage('This checkout is over', why, session.cancel_url).toResponse(410)
  }
  const { name } = findProduct(sandbox, String(price.product))
  const email = state.customers[String(session.customer)]?.email ?? ''
  return checkoutPage({ record, name, email, ...shown }).toResponse(shown.errors ? 422 : 200)
}

function charge(
  sandbox: StripeSandbox,
  params: Params,
  card: Pick<TestCard, 'number'>,
  outcome: TestCard['outcome'],
): Response {
  const record = sandbox.store.state.sessions[params.id ?? '']
  // Two clicks pay once: the second finds the checkout over.
  if (!record || !isOpen(record.session)) return show(sandbox, params)
  const decline = pay(sandbox, record.session.id, card, outcome)
  if (decline !== null) return show(sandbox, params, { decline })
  const location = (record.session.success_url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', record.session.id)
  return new Response(null, { status: 303, headers: { location } })
}
