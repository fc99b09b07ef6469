import { z } from 'zod'
import { control, count } from '../dodopayments/control/control.ts'
import { deliveryControls } from '../dodopayments/control/deliveries.ts'
import { findIntent, moveDispute, openDispute, refund } from './payments.ts'
import type { StripeSandbox } from './sandbox.ts'

const outcome = z.strictObject({ status: z.enum(['under_review', 'won', 'lost']) })

/** What happens at Stripe without this app: in the dashboard, and at the buyer's bank. */
export const controlRoutes = (sandbox: StripeSandbox) => [
  ...deliveryControls(sandbox),
  control('/sandbox/payments/:id/refund', z.strictObject({ amount: count.optional() }), (input, { id }) =>
    refund(sandbox, findIntent(sandbox.store.state, id), input),
  ),
  control('/sandbox/payments/:id/dispute', z.strictObject({}), (_, { id }) =>
    openDispute(sandbox, findIntent(sandbox.store.state, id)),
  ),
  control('/sandbox/disputes/:id', outcome, ({ status }, { id = '' }) => moveDispute(sandbox, id, status)),
]
