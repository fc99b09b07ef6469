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
import { RENEWAL_OUTCOMES } from '../types.ts'
import type { Webhooks } from '../webhooks.ts'
import { control, count } from './control.ts'

const nothing = z.strictObject({})

/** How long renewals in a row wait for the events of the one before: each is told as it then stood. */
const IDLE_TIMEOUT_MS = 2_000

type Renewable<Outcome> = { subscription: object; nextRenewal: Outcome | null }
type Face<Outcome extends string, Found extends Renewable<Outcome>> = {
  outcomes: readonly Outcome[]
  find(id: string | undefined): Found
  /** Its period ends now. */
  renew(record: Found, outcome: Outcome | undefined): void
  actions: Record<string, (record: Found) => void>
  webhooks: Webhooks
  save(): void
}

/** What time does to a subscription, at once; and what a customer or a merchant does to it. */
export function controlSubscriptions<Outcome extends string, Found extends Renewable<Outcome>>({
  outcomes,
  find,
  ...face
}: Face<Outcome, Found>) {
  const outcome = z.custom<Outcome>((value) => outcomes.some((known) => known === value))
  const renewInput = z.strictObject({
    times: count.min(1).max(24).default(1),
    outcome: outcome.optional(),
  })
  const nextRenewalInput = z.strictObject({ outcome: outcome.nullable().default(null) })
  return [
    // Times in a row, each with the outcome named or the one that was set.
    control('/sandbox/subscriptions/:id/renew', renewInput, async (input, { id }) => {
      const record = find(id)
      for (let turn = 0; turn < input.times; turn += 1) {
        if (turn > 0) await face.webhooks.idle(IDLE_TIMEOUT_MS)
        face.renew(record, input.outcome)
      }
      return record.subscription
    }),
    // How the next renewal ends; null leaves it to the card.
    control('/sandbox/subscriptions/:id/next-renewal', nextRenewalInput, (input, { id }) => {
      find(id).nextRenewal = input.outcome
      face.save()
      return { outcome: input.outcome }
    }),
    ...Object.entries(face.actions).map(([name, act]) =>
      control(`/sandbox/subscriptions/:id/${name}`, nothing, (_input, { id }) => {
        const record = find(id)
        act(record)
        return record.subscription
      }),
    ),
  ]
}

export const subscriptionControls = (sandbox: Sandbox) =>
  controlSubscriptions({
    outcomes: RENEWAL_OUTCOMES,
    find: (id) => findSubscription(sandbox, id),
    renew: (record, outcome) => renewSubscription(sandbox, record, { at: new Date(), outcome }),
    actions: {
      expire: (record) => expireSubscription(sandbox, record),
      cancel: (record) => cancelNow(sandbox, record),
      'cancel-at-period-end': (record) => cancelAtPeriodEnd(sandbox, record),
      resume: (record) => resumeSubscription(sandbox, record),
      pause: (record) => pauseSubscription(sandbox, record),
      unpause: (record) => unpauseSubscription(sandbox, record),
    },
    webhooks: sandbox.webhooks,
    save: () => sandbox.store.save(),
  })
