import { z } from 'zod'
import { findSubscription } from '../find.ts'
import type { Sandbox } from '../sandbox.ts'
import { expireSubscription, renewSubscription } from '../subscriptions/renew.ts'
import {
  cancelAtPeriodEnd,
  cancelNow,
  pauseSubscription,
  resumeSubscription,
  unpauseSubscription,
} from '../subscriptions/update.ts'
import { RENEWAL_OUTCOMES, type SubscriptionRecord } from '../types.ts'
import { control, count } from './control.ts'

const renewInput = z.strictObject({
  times: count.min(1).max(24).default(1),
  outcome: z.enum(RENEWAL_OUTCOMES).optional(),
})
const nextRenewalInput = z.strictObject({ outcome: z.enum(RENEWAL_OUTCOMES).nullable().default(null) })
const nothing = z.strictObject({})

/** How long renewals in a row wait for the events of the one before: each is told as it then stood. */
const IDLE_TIMEOUT_MS = 2_000

/** What time does to a subscription, at once; and what a customer or a merchant does to it. */
export const subscriptionControls = (sandbox: Sandbox) => {
  const actions: Record<string, (record: SubscriptionRecord) => void> = {
    expire: (record) => expireSubscription(sandbox, record),
    cancel: (record) => cancelNow(sandbox, record),
    'cancel-at-period-end': (record) => cancelAtPeriodEnd(sandbox, record),
    resume: (record) => resumeSubscription(sandbox, record),
    pause: (record) => pauseSubscription(sandbox, record),
    unpause: (record) => unpauseSubscription(sandbox, record),
  }
  return [
    // Its period ends now. Times in a row, each with the outcome named or the one that was set.
    control('/sandbox/subscriptions/:id/renew', renewInput, async ({ times, outcome }, { id }) => {
      const record = findSubscription(sandbox, id)
      for (let turn = 0; turn < times; turn += 1) {
        if (turn > 0) await sandbox.webhooks.idle(IDLE_TIMEOUT_MS)
        renewSubscription(sandbox, record, { at: new Date(), outcome })
      }
      return record.subscription
    }),
    // How the next renewal ends; null leaves it to the card.
    control('/sandbox/subscriptions/:id/next-renewal', nextRenewalInput, ({ outcome }, { id }) => {
      const record = findSubscription(sandbox, id)
      record.nextRenewal = outcome
      sandbox.store.save()
      return { outcome }
    }),
    ...Object.entries(actions).map(([name, act]) =>
      control(`/sandbox/subscriptions/:id/${name}`, nothing, (_input, { id }) => {
        const record = findSubscription(sandbox, id)
        act(record)
        return record.subscription
      }),
    ),
  ]
}
