import { type CardOutcome, DECLINED } from '../../dodopayments/cards.ts'
import { STRIPE_CARDS } from '../cards.ts'
import { refuse } from '../errors.ts'
import { billPeriod, chargeInvoice } from '../invoices.ts'
import { nowSeconds } from '../plain.ts'
import type { Invoice, RenewalOutcome, StripeSandbox, SubscriptionRecord } from '../sandbox.ts'
import { endSubscription } from './cancel.ts'
import { keepCard } from './card-on-file.ts'
import { emitSubscription } from './emit.ts'
import { itemOf, startPeriod } from './period.ts'
import { enterNextPhase } from './schedule.ts'

const RENEWABLE = new Set<string>(['active', 'trialing', 'past_due', 'unpaid'])

/** What its own clock renews. */
const LIVE = new Set<string>(['active', 'trialing'])

type Options = {
  /** When the new period starts, in Unix seconds: now by default. */
  at?: number
  /** Instead of what was set for the next renewal, or what the card does. */
  outcome?: RenewalOutcome | undefined
}

/**
 * Ends a period: begins the next one and charges for it, or lets a subscription go that was to end here. One whose last
 * invoice was not paid is charged for that again. @throws SandboxError 400 when it is over
 */
export function renewSubscription(
  sandbox: StripeSandbox,
  record: SubscriptionRecord,
  { at, outcome }: Options = {},
): void {
  const { subscription } = record
  if (!RENEWABLE.has(subscription.status)) {
    throw refuse(
      400,
      'subscription_not_renewable',
      `A subscription that is ${subscription.status} does not renew.`,
    )
  }
  if (subscription.cancel_at_period_end) {
    itemOf(record).current_period_end = at ?? nowSeconds()
    endSubscription(sandbox, record)
    return
  }
  const invoice = findOwed(sandbox, record) ?? beginPeriod(sandbox, record, at)
  const ending = outcome ?? record.nextRenewal ?? 'by card'
  record.nextRenewal = null
  const bank = outcomeOf(ending, record)
  const isPaid = chargeInvoice(sandbox, invoice, bank)
  subscription.status = isPaid ? 'active' : ending === 'on_hold' ? 'unpaid' : 'past_due'
  emitSubscription(sandbox, subscription, 'updated')
  sandbox.store.save()
}

function beginPeriod(sandbox: StripeSandbox, record: SubscriptionRecord, at?: number): Invoice {
  enterNextPhase(sandbox, record)
  record.subscription.status = 'active'
  startPeriod(record, at)
  return billPeriod(sandbox, { subscription: record.subscription, reason: 'subscription_cycle' })
}

function findOwed({ store }: StripeSandbox, { subscription }: SubscriptionRecord): Invoice | undefined {
  const last = store.state.invoices[String(subscription.latest_invoice)]
  return last?.status === 'open' ? last : undefined
}

function outcomeOf(ending: RenewalOutcome | 'by card', record: SubscriptionRecord): CardOutcome {
  if (ending === 'by card') return renewalOf(record)
  return ending === 'succeeded' ? { status: 'succeeded' } : DECLINED
}

/** What the bank says to a charge without the buyer. */
export function renewalOf({ cardNumber }: SubscriptionRecord): CardOutcome {
  return STRIPE_CARDS.find(({ number }) => number === cardNumber)?.renewal ?? { status: 'succeeded' }
}

/** Renews or ends the subscriptions whose period is over. */
export function renewDue(sandbox: StripeSandbox): void {
  for (const record of Object.values(sandbox.store.state.subscriptions)) {
    const at = itemOf(record).current_period_end
    if (LIVE.has(record.subscription.status) && at <= nowSeconds()) renewSubscription(sandbox, record, { at })
  }
}

/** Puts another card on file, which pays what is owed. */
export function replaceCard(sandbox: StripeSandbox, record: SubscriptionRecord, cardNumber: string): void {
  const before = keepCard(sandbox, record, cardNumber)
  emitSubscription(sandbox, record.subscription, 'updated', { default_payment_method: before })
  if (findOwed(sandbox, record)) renewSubscription(sandbox, record)
  sandbox.store.save()
}
