import { listProducts } from '../catalog.ts'
import { findSubscription } from '../find.ts'
import { page, readBody, route } from '../http.ts'
import type { Sandbox } from '../sandbox.ts'
import { toSubscriptionListItem } from '../shapes/subscription.ts'
import { changePlan, dropScheduledChange } from '../subscriptions/change-plan.ts'
import { openCardSession } from '../subscriptions/new-card.ts'
import { patchSubscription } from '../subscriptions/patch.ts'
import { previewPlanChange } from '../subscriptions/preview.ts'
import { select } from './filter.ts'
import { changePlanInput, paymentMethodInput, subscriptionPatchInput } from './subscription-inputs.ts'

/** `GET /subscriptions`, and for one of them `GET`, `PATCH`, `…/change-plan` and its preview, `…/update-payment-method`. */
export const subscriptionRoutes = (sandbox: Sandbox) => [
  route('GET', '/subscriptions', ({ url }) => {
    const all = Object.values(sandbox.store.state.subscriptions).map(({ subscription }) => subscription)
    const names = new Map(listProducts(sandbox).map(({ product }) => [product.product_id, product.name]))
    const found = select(all, url, {
      customer_id: ({ customer }) => customer.customer_id,
      status: ({ status }) => status,
      product_id: ({ product_id }) => product_id,
      cancel_at_next_billing_date: ({ cancel_at_next_billing_date }) => cancel_at_next_billing_date,
    })
    return page(
      found.map((item) => toSubscriptionListItem(item, names.get(item.product_id) ?? null)),
      url,
    )
  }),
  route('GET', '/subscriptions/:id', ({ params }) =>
    Response.json(findSubscription(sandbox, params.id).subscription),
  ),
  route('PATCH', '/subscriptions/:id', async ({ request, params }) => {
    const record = findSubscription(sandbox, params.id)
    patchSubscription(sandbox, record, await readBody(request, subscriptionPatchInput))
    return Response.json(record.subscription)
  }),
  route('POST', '/subscriptions/:id/change-plan', async ({ request, params }) => {
    const record = findSubscription(sandbox, params.id)
    const payment = changePlan(sandbox, record, await readBody(request, changePlanInput))
    return Response.json({ payment_id: payment?.payment_id ?? null })
  }),
  route('POST', '/subscriptions/:id/change-plan/preview', async ({ request, params }) => {
    const record = findSubscription(sandbox, params.id)
    return Response.json(previewPlanChange(sandbox, record, await readBody(request, changePlanInput)))
  }),
  route('POST', '/subscriptions/:id/update-payment-method', async ({ request, params }) => {
    const { return_url: returnUrl } = await readBody(request, paymentMethodInput)
    const record = findSubscription(sandbox, params.id)
    const session = openCardSession(sandbox, record, returnUrl ?? null)
    return Response.json({
      payment_link: `${sandbox.url()}/session/${session.id}`,
      expires_on: session.expiresAt,
      payment_id: null,
      client_secret: null,
    })
  }),
  route('DELETE', '/subscriptions/:id/change-plan/scheduled', ({ params }) => {
    dropScheduledChange(sandbox, findSubscription(sandbox, params.id))
    return new Response(null, { status: 204 })
  }),
]
