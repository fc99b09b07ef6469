import { z } from 'zod'
import { findPayment, findRefund } from '../find.ts'
import { page, readBody, route } from '../http.ts'
import { createRefund } from '../refunds.ts'
import type { Sandbox } from '../sandbox.ts'
import { toRefundListItem } from '../shapes/refund.ts'
import { select } from './filter.ts'
import { metadataInput } from './inputs.ts'

const refundInput = z.strictObject({
  payment_id: z.string(),
  items: z
    // Nothing is taxed here, so that an amount with tax is one without.
    .array(
      z.strictObject({
        item_id: z.string(),
        amount: z.int().nullish(),
        tax_inclusive: z.boolean().optional(),
      }),
    )
    .min(1)
    .nullish(),
  reason: z.string().max(3000).nullish(),
  metadata: metadataInput.nullish(),
})

/** `POST /refunds`, `GET /refunds`, `GET /refunds/{id}`. */
export const refundRoutes = (sandbox: Sandbox) => [
  route('POST', '/refunds', async ({ request }) => {
    const input = await readBody(request, refundInput)
    const { refund } = createRefund(sandbox, findPayment(sandbox, input.payment_id), {
      items: input.items ?? null,
      reason: input.reason ?? null,
      metadata: input.metadata ?? {},
    })
    return Response.json(refund)
  }),
  route('GET', '/refunds', ({ url }) => {
    const { refunds, payments } = sandbox.store.state
    const found = select(
      Object.values(refunds).map(({ refund }) => refund),
      url,
      {
        customer_id: ({ customer }) => customer.customer_id,
        status: ({ status }) => status,
        subscription_id: ({ payment_id }) => payments[payment_id]?.subscription_id,
      },
    )
    return page(found.map(toRefundListItem), url)
  }),
  route('GET', '/refunds/:id', ({ params }) => Response.json(findRefund(sandbox, params.id).refund)),
]
