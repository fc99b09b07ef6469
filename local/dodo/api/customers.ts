import { customerFor } from '../checkout.ts'
import { page, readBody, route } from '../http.ts'
import type { Sandbox } from '../sandbox.ts'
import { customerInput } from './inputs.ts'

/** `POST /customers`, `GET /customers` (by e-mail), `GET /customers/{id}`. */
export const customerRoutes = (sandbox: Sandbox) => [
  route('POST', '/customers', async ({ request }) =>
    Response.json(customerFor(sandbox, await readBody(request, customerInput))),
  ),
  route('GET', '/customers', ({ url }) => {
    const email = url.searchParams.get('email')?.toLowerCase()
    const customers = Object.values(sandbox.store.state.customers)
    return page(customers.filter((customer) => !email || customer.email === email).reverse(), url)
  }),
  route('GET', '/customers/:id', ({ params }) =>
    Response.json(customerFor(sandbox, { customer_id: params.id ?? '' })),
  ),
]
