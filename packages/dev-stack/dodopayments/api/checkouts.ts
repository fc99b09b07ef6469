import { z } from 'zod'
import { openSession } from '../checkout.ts'
import { readBody, route, SandboxError } from '../http.ts'
import type { Sandbox } from '../sandbox.ts'
import { customerInput, metadataInput } from './inputs.ts'

const checkoutInput = z.strictObject({
  product_cart: z.array(z.strictObject({ product_id: z.string(), quantity: z.int().min(1) })).min(1),
  customer: z.union([z.strictObject({ customer_id: z.string() }), customerInput]).nullish(),
  metadata: metadataInput.nullish(),
  return_url: z.url().nullish(),
  cancel_url: z.url().nullish(),
  subscription_data: z.strictObject({ trial_period_days: z.int().min(0).max(10_000).nullish() }).nullish(),
  // The page shows no success of its own in any case.
  feature_flags: z.strictObject({ redirect_immediately: z.literal(true).optional() }).nullish(),
})

/** `POST /checkouts`, `GET /checkouts/{id}`. */
export const checkoutRoutes = (sandbox: Sandbox) => [
  route('POST', '/checkouts', async ({ request }) => {
    const input = await readBody(request, checkoutInput)
    const session = openSession(sandbox, {
      cart: input.product_cart,
      customer: input.customer ?? null,
      metadata: input.metadata ?? {},
      returnUrl: input.return_url ?? null,
      cancelUrl: input.cancel_url ?? null,
      trialDays: input.subscription_data?.trial_period_days ?? null,
    })
    return Response.json({ session_id: session.id, checkout_url: `${sandbox.url()}/session/${session.id}` })
  }),
  route('GET', '/checkouts/:id', ({ params }) => {
    const { sessions, payments, customers } = sandbox.store.state
    const session = sessions[params.id ?? '']
    if (!session)
      throw new SandboxError(404, 'CHECKOUT_SESSION_NOT_FOUND', 'There is no such checkout session.')
    const customer = customers[session.customerId ?? '']
    return Response.json({
      id: session.id,
      created_at: session.createdAt,
      customer_email: customer?.email ?? null,
      customer_name: customer?.name ?? null,
      payment_id: session.paymentId,
      payment_status: payments[session.paymentId ?? '']?.status ?? null,
    })
  }),
]
