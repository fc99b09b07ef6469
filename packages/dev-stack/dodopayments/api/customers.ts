import { z } from 'zod'
import { changeCustomer, customerFor } from '../checkout.ts'
import { findCustomer } from '../find.ts'
import { assertQuery, page, readBody, route, SandboxError } from '../http.ts'
import { openPortal } from '../portal.ts'
import type { Sandbox } from '../sandbox.ts'
import { select } from './filter.ts'
import { customerInput, metadataInput } from './inputs.ts'

const customerChange = z.object({ email: z.email().nullish(), name: z.string().nullish() })
const newCustomerInput = customerInput.extend({ name: z.string(), metadata: metadataInput.nullish() })

/** `POST /customers`, `GET /customers`, `GET` and `PATCH /customers/{id}`, and the way into the portal. */
export const customerRoutes = (sandbox: Sandbox) => [
  route('POST', '/customers', async ({ request }) =>
    Response.json(customerFor(sandbox, await readBody(request, newCustomerInput))),
  ),
  route('GET', '/customers', ({ url }) => {
    const email = url.searchParams.get('email')?.toLowerCase()
    const customers = select(
      Object.values(sandbox.store.state.customers),
      url,
      { name: ({ name }) => name },
      ['email'],
    )
    return page(
      customers.filter((customer) => !email || customer.email === email),
      url,
    )
  }),
  route('GET', '/customers/:id', ({ params }) => Response.json(findCustomer(sandbox, params.id))),
  route('PATCH', '/customers/:id', async ({ request, params }) =>
    Response.json(changeCustomer(sandbox, params.id, await readBody(request, customerChange))),
  ),
  route('POST', '/customers/:id/customer-portal/session', ({ params, url }) => {
    assertQuery(url, ['return_url'])
    const { customer_id } = findCustomer(sandbox, params.id)
    const returnUrl = z.url().nullable().safeParse(url.searchParams.get('return_url'))
    if (!returnUrl.success) throw new SandboxError(422, 'INVALID_QUERY', 'The return_url is not an address.')
    return Response.json({ link: openPortal(sandbox, customer_id, returnUrl.data) })
  }),
]
