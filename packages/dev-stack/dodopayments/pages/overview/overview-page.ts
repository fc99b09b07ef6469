import type { Sandbox } from '../../sandbox.ts'
import type { QueueStore, Webhooks } from '../../webhooks.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { deliveriesSection } from './deliveries-section.ts'
import { faultsSection } from './faults-section.ts'
import { OVERVIEW_SCRIPT } from './overview-script.ts'
import { paymentsSection } from './payments-section.ts'
import { toSubscriptionRow } from './subscription-rows.ts'
import { subscriptionsSection } from './subscriptions-section.ts'

type Overview = {
  sandbox: { options: { webhookUrl: string }; store: QueueStore; webhooks: Webhooks }
  payments: Html
  subscriptions: Html
  /** Why the last switch was refused. */
  refused: string | null
  provider?: string
}

/** What happened, newest first, with a switch for all that can happen next. */
export function overviewLayout({ sandbox, payments, subscriptions, refused, provider }: Overview): Html {
  return layout(
    'Overview',
    html`<main class="overview">
<div><h1>Payments and webhooks</h1>
<p class="muted small">Webhooks go to <code>${sandbox.options.webhookUrl}</code></p></div>
<div data-live="notice">${refused && html`<p class="notice bad" role="alert">${refused}</p>`}</div>
<div class="columns">
<div class="column">
<div data-live="payments">${payments}</div>
<div data-live="subscriptions">${subscriptions}</div>
</div>
<div class="column">
<div data-live="faults">${faultsSection(sandbox)}</div>
<div data-live="deliveries">${deliveriesSection(sandbox)}</div>
</div>
</div>
</main>`,
    OVERVIEW_SCRIPT,
    provider,
  )
}

export const overviewPage = (sandbox: Sandbox, refused: string | null): Html =>
  overviewLayout({
    sandbox,
    payments: paymentsSection(sandbox),
    subscriptions: subscriptionsSection(
      Object.values(sandbox.store.state.subscriptions).map(toSubscriptionRow),
    ),
    refused,
  })
