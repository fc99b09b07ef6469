import { timingSafeEqual } from 'node:crypto'
import { dispatch, SandboxError } from '../http.ts'
import type { Sandbox } from '../sandbox.ts'
import { checkoutRoutes } from './checkouts.ts'
import { customerRoutes } from './customers.ts'
import { disputeRoutes } from './disputes.ts'
import { invoiceRoutes } from './invoices.ts'
import { paymentRoutes } from './payments.ts'
import { productRoutes } from './products.ts'
import { refundRoutes } from './refunds.ts'
import { subscriptionRoutes } from './subscriptions.ts'

/** The API the `dodopayments` SDK talks to. A new resource is one file and one line here. */
export function createDodoApi(sandbox: Sandbox): (request: Request) => Promise<Response> {
  const resources = [
    checkoutRoutes,
    paymentRoutes,
    refundRoutes,
    disputeRoutes,
    subscriptionRoutes,
    productRoutes,
    customerRoutes,
    invoiceRoutes,
  ]
  const routes = resources.flatMap((of) => of(sandbox))
  return async (request) => {
    const given = request.headers.get('authorization') ?? ''
    if (!sameText(given, `Bearer ${sandbox.options.apiKey}`)) {
      throw new SandboxError(401, 'UNAUTHORIZED', 'The API key is missing or wrong.')
    }
    const response = await dispatch(routes, request)
    if (response) return response
    const { pathname } = new URL(request.url)
    throw new SandboxError(404, 'NOT_FOUND', `The sandbox has no ${request.method} ${pathname}.`)
  }
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
