import { page, route, SandboxError } from '../http.ts'
import type { Sandbox } from '../sandbox.ts'
import { toPaymentListItem } from '../shapes/payment.ts'

/** `GET /payments` (newest first; by customer, subscription or status), `GET /payments/{id}`. */
export const paymentRoutes = ({ store }: Sandbox) => [
  route('GET', '/payments', ({ url }) => {
    const wanted = (name: string, value: string | null | undefined) =>
      !url.searchParams.has(name) || url.searchParams.get(name) === value
    const payments = Object.values(store.state.payments)
      .filter((payment) => wanted('customer_id', payment.customer.customer_id))
      .filter((payment) => wanted('subscription_id', payment.subscription_id))
      .filter((payment) => wanted('status', payment.status))
    return page(payments.reverse().map(toPaymentListItem), url)
  }),
  route('GET', '/payments/:id', ({ params }) => {
    const payment = store.state.payments[params.id ?? '']
    if (payment) return Response.json(payment)
    throw new SandboxError(404, 'PAYMENT_NOT_FOUND', `Payment ${params.id} does not exist.`)
  }),
]
