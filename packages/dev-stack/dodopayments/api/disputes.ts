import { findDispute } from '../find.ts'
import { page, route } from '../http.ts'
import type { Sandbox } from '../sandbox.ts'
import { toDisputeListItem } from '../shapes/dispute.ts'
import { select } from './filter.ts'

/** `GET /disputes`, `GET /disputes/{id}`. */
export const disputeRoutes = (sandbox: Sandbox) => [
  route('GET', '/disputes', ({ url }) => {
    const disputes = select(Object.values(sandbox.store.state.disputes), url, {
      customer_id: ({ customer }) => customer.customer_id,
      dispute_status: ({ dispute_status }) => dispute_status,
      dispute_stage: ({ dispute_stage }) => dispute_stage,
    })
    return page(disputes.map(toDisputeListItem), url)
  }),
  route('GET', '/disputes/:id', ({ params }) => Response.json(findDispute(sandbox, params.id))),
]
