import { z } from 'zod'
import { control, count } from '../dodopayments/control/control.ts'
import { deliveryControls } from '../dodopayments/control/deliveries.ts'
import { controlSubscriptions } from '../dodopayments/control/subscriptions.ts'
import { DISPUTE_OUTCOMES, moveDispute, openDispute } from './disputes.ts'
import { findIntent, findSubscription } from './find.ts'
import { refund } from './refunds.ts'
import { RENEWAL_OUTCOMES, type StripeSandbox } from './sandbox.ts'
import { endSubscription, setCancelAtPeriodEnd } from './subscriptions/cancel.ts'
import { renewSubscription } from './subscriptions/renew.ts'

const outcome = z.strictObject({ status: z.enum(DISPUTE_OUTCOMES) })

/** What happens at Stripe without this app: in time, in the dashboard, and at the buyer's bank. */
export const controlRoutes = (sandbox: StripeSandbox) => [
  ...deliveryControls(sandbox),
  control('/sandbox/payments/:id/refund', z.strictObject({ amount: count.optional() }), (input, { id }) =>
    refund(sandbox, findIntent(sandbox.store.state, id), input),
  ),
  control('/sandbox/payments/:id/dispute', z.strictObject({}), (_, { id }) =>
    openDispute(sandbox, findIntent(sandbox.store.state, id)),
  ),
  control('/sandbox/disputes/:id', outcome, ({ status }, { id = '' }) => moveDispute(sandbox, id, status)),
  ...controlSubscriptions({
    outcomes: RENEWAL_OUTCOMES,
    find: (id) => findSubscription(sandbox.store.state, id),
    renew: (record, outcome) => renewSubscription(sandbox, record, { outcome }),
    actions: {
      cancel: (record) => endSubscription(sandbox, record),
      'cancel-at-period-end': (record) => setCancelAtPeriodEnd(sandbox, record, true),
      resume: (record) => setCancelAtPeriodEnd(sandbox, record, false),
    },
    webhooks: sandbox.webhooks,
    save: () => sandbox.store.save(),
  }),
]
