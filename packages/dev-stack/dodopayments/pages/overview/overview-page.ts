import type { Sandbox } from '../../sandbox.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'
import { deliveriesSection } from './deliveries-section.ts'
import { faultsSection } from './faults-section.ts'
import { OVERVIEW_SCRIPT } from './overview-script.ts'
import { paymentsSection } from './payments-section.ts'
import { subscriptionsSection } from './subscriptions-section.ts'

/** What happened, newest first, with a switch for all that can happen next. `refused` says why the last one was not. */
export function overviewPage(sandbox: Sandbox, refused: string | null): Html {
  return layout(
    'Overview',
    html`<main class="overview">
<div><h1>Payments and webhooks</h1>
<p class="muted small">Webhooks go to <code>${sandbox.options.webhookUrl}</code></p></div>
<div data-live="notice">${refused && html`<p class="notice bad" role="alert">${refused}</p>`}</div>
<div class="columns">
<div class="column">
<div data-live="payments">${paymentsSection(sandbox)}</div>
<div data-live="subscriptions">${subscriptionsSection(sandbox)}</div>
</div>
<div class="column">
<div data-live="faults">${faultsSection(sandbox)}</div>
<div data-live="deliveries">${deliveriesSection(sandbox)}</div>
</div>
</div>
</main>`,
    OVERVIEW_SCRIPT,
  )
}
