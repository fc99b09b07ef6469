import { z } from 'zod'
import { route } from '../../dodopayments/http.ts'
import { openPortal } from '../../dodopayments/portal.ts'
import { findCustomer } from '../find.ts'
import { metadata } from '../form.ts'
import type { StripeSandbox } from '../sandbox.ts'
import { newCustomer } from '../shapes/customer.ts'
import { newPortalSession } from '../shapes/portal-session.ts'
import { url } from './inputs.ts'
import { readForm, reply } from './reply.ts'

const person = z.strictObject({ email: z.string().optional(), name: z.string().optional(), metadata })
const portal = z.strictObject({ customer: z.string(), return_url: url.optional() })

/** Customers, and their way into the billing portal. */
export const customerRoutes = (sandbox: StripeSandbox) => {
  const { store } = sandbox
  const { state } = store
  return [
    route('POST', '/v1/customers', async ({ request }) => {
      const { email = null, name = null, metadata } = await readForm(request, person)
      const customer = newCustomer({ email, name, metadata })
      state.customers[customer.id] = customer
      store.save()
      return reply(state, customer)
    }),
    route('GET', '/v1/customers/:id', ({ params }) => reply(state, findCustomer(state, params.id))),
    route('POST', '/v1/customers/:id', async ({ request, params }) => {
      const { metadata: _, ...change } = await readForm(request, person)
      const customer = Object.assign(findCustomer(state, params.id), change)
      store.save()
      return reply(state, customer)
    }),
    route('POST', '/v1/billing_portal/sessions', async ({ request }) => {
      const { customer, return_url: returnUrl = null } = await readForm(request, portal)
      findCustomer(state, customer)
      const url = openPortal(sandbox, customer, returnUrl)
      return reply(state, newPortalSession({ customer, returnUrl, url }))
    }),
  ]
}
