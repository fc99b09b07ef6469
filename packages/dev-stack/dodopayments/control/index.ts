import type { Sandbox } from '../sandbox.ts'
import { deliveryControls, eventControl } from './deliveries.ts'
import { paymentControls } from './payments.ts'
import { subscriptionControls } from './subscriptions.ts'

/** Switches for developers and tests, beside the API and without its key. */
export const controlRoutes = (sandbox: Sandbox) => [
  ...deliveryControls(sandbox),
  eventControl(sandbox),
  ...paymentControls(sandbox),
  ...subscriptionControls(sandbox),
]
