import { refuse } from '../errors.ts'
import { billPeriod, chargeInvoice } from '../invoices.ts'
import type { StripeSandbox, SubscriptionRecord } from '../sandbox.ts'
import { refuseOver } from './cancel.ts'
import { emitSubscription } from './emit.ts'
import { itemOf, setPrice, startPeriod } from './period.ts'
import { renewalOf } from './renew.ts'

type Price = ReturnType<typeof itemOf>['price']

/**
 * Moves a subscription to another price at once: a new period begins and is paid in full.
 * @throws SandboxError 402 when the card is declined, and nothing has changed; 400 when it cannot change
 */
export function changePrice(sandbox: StripeSandbox, record: SubscriptionRecord, price: Price): void {
  assertCanChange(record, price)
  const outcome = renewalOf(record)
  if (outcome.status === 'failed') throw refuse(402, 'card_declined', outcome.message)
  const { subscription } = record
  setPrice(record, price)
  startPeriod(record)
  subscription.billing_cycle_anchor = itemOf(record).current_period_start
  const invoice = billPeriod(sandbox, { subscription, reason: 'subscription_update' })
  chargeInvoice(sandbox, invoice, outcome)
  emitSubscription(sandbox, subscription, 'updated')
}

/** @throws SandboxError as {@link changePrice}, but for the card */
export function assertCanChange(record: SubscriptionRecord, price: Price): void {
  const { status, currency, schedule } = record.subscription
  refuseOver(record)
  if (status !== 'active') throw refuse(400, 'subscription_not_active', `This subscription is ${status}.`)
  if (schedule)
    throw refuse(400, 'subscription_managed', 'The subscription is managed by a subscription schedule.')
  if (price.currency !== currency)
    throw refuse(400, 'currency_mismatch', `This subscription is paid in ${currency}.`)
}
