import type { SubscriptionPatch } from '../api/subscription-inputs.ts'
import { SandboxError } from '../http.ts'
import type { Sandbox } from '../sandbox.ts'
import type { SubscriptionRecord } from '../types.ts'
import {
  cancelAtPeriodEnd,
  cancelNow,
  pauseSubscription,
  resumeSubscription,
  unpauseSubscription,
  updateFields,
} from './update.ts'

/**
 * `PATCH /subscriptions/{id}`: each change with the event it has.
 * @throws SandboxError 409 when the subscription is over, 422 when pausing comes with anything else
 */
export function patchSubscription(
  sandbox: Sandbox,
  record: SubscriptionRecord,
  patch: SubscriptionPatch,
): void {
  const { status, cancel_at_next_billing_date: atPeriodEnd, pause: _pause, ...rest } = patch
  const given = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null)
  const alone = given.length === 0 && (atPeriodEnd ?? null) === null
  if ((status === 'paused' || status === 'active') && !alone) {
    throw new SandboxError(422, 'STATUS_NOT_ALONE', `Send the status ${status} alone.`)
  }
  const cancels = status === 'cancelled' || atPeriodEnd === true
  const fields = Object.fromEntries(given)
  // Why somebody cancels goes out with the cancellation, not before it.
  if (cancels) Object.assign(record.subscription, fields)
  else updateFields(sandbox, record, fields)
  if (status === 'paused') pauseSubscription(sandbox, record)
  else if (status === 'active') unpauseSubscription(sandbox, record)
  else if (status === 'cancelled') cancelNow(sandbox, record)
  else if (atPeriodEnd === true) cancelAtPeriodEnd(sandbox, record)
  else if (atPeriodEnd === false) resumeSubscription(sandbox, record)
}
