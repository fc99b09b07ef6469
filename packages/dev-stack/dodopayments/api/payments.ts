import { findPayment } from '../find.ts'
import { page, route } from '../http.ts'
import { refundableLines } from '../refunds.ts'
import type { Sandbox } from '../sandbox.ts'
import { toPayment, toPaymentListItem } from '../shapes/payment.ts'
import { select } from './filter.ts'

/** `GET /payments`, `GET /payments/{id}` with its refunds and disputes, `GET /payments/{id}/line-items`. */
export const paymentRoutes = (sandbox: Sandbox) => [
  route('GET', '/payments', ({ url }) => {
    const { state } = sandbox.store
    const productId = url.searchParams.get('product_id')
    const payments = select(
      Object.values(state.payments),
      url,
      {
        customer_id: ({ customer }) => customer.customer_id,
        subscription_id: ({ subscription_id }) => subscription_id,
        status: ({ status }) => status,
        currency: ({ currency }) => currency,
      },
      ['product_id'],
    ).filter(({ product_cart }) => !productId || product_cart?.some((item) => item.product_id === productId))
    return page(
      payments.map((payment) => toPaymentListItem(toPayment(state, payment))),
      url,
    )
  }),
  route('GET', '/payments/:id', ({ params }) =>
    Response.json(toPayment(sandbox.store.state, findPayment(sandbox, params.id))),
  ),
  route('GET', '/payments/:id/line-items', ({ params }) => {
    const payment = findPayment(sandbox, params.id)
    const items = refundableLines(sandbox.store.state, payment).map((line) => ({
      items_id: line.itemId,
      name: line.name,
      description: null,
      amount: line.amount,
      refundable_amount: line.refundable,
      tax: 0,
    }))
    return Response.json({ currency: payment.currency, items })
  }),
]
