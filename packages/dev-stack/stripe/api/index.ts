import { dispatch } from '../../dodopayments/http.ts'
import { answerOnce } from '../answer-once.ts'
import { refuse } from '../errors.ts'
import type { StripeSandbox } from '../sandbox.ts'
import { checkoutRoutes } from './checkouts.ts'
import { customerRoutes } from './customers.ts'
import { invoiceRoutes } from './invoices.ts'
import { paymentRoutes } from './payments.ts'
import { productRoutes } from './products.ts'
import { subscriptionRoutes } from './subscriptions.ts'

/**
 * The API the `stripe` client talks to. Every body and query is checked, and refused where the sandbox knows less. A new
 * resource is one file and one line here.
 */
export function createStripeApi(sandbox: StripeSandbox): (request: Request) => Promise<Response> {
  const resources = [
    customerRoutes,
    productRoutes,
    checkoutRoutes,
    paymentRoutes,
    invoiceRoutes,
    subscriptionRoutes,
  ]
  const routes = resources.flatMap((of) => of(sandbox))
  return (request) => {
    if (request.headers.get('authorization') !== `Bearer ${sandbox.options.secretKey}`)
      throw refuse(401, 'api_key_invalid', 'Invalid API Key provided.')
    const { pathname } = new URL(request.url)
    return answerOnce(sandbox, request, async (asked) => {
      const response = await dispatch(routes, asked)
      if (response) return response
      throw refuse(404, 'url_invalid', `The sandbox does not know ${asked.method} ${pathname}.`)
    })
  }
}
