import type { Delivery } from '../../types.ts'
import type { Webhooks } from '../../webhooks.ts'
import { type Html, html } from '../html.ts'
import { action, badge, time } from '../parts.ts'
import { section } from './section.ts'

/** Every webhook, how it was answered, and the ways to send it again. */
export const deliveriesSection = ({ webhooks }: { webhooks: Webhooks }) =>
  section({
    id: 'deliveries',
    title: 'Webhook deliveries',
    items: webhooks.list(),
    row: deliveryRow,
    empty: 'Nothing has been sent yet.',
  })

function deliveryRow(delivery: Delivery): Html {
  const to = `/sandbox/deliveries/${delivery.id}/resend`
  const name = delivery.type
  return html`<div class="what">
<p class="head"><strong>${delivery.type}</strong> ${badge(delivery.status)} ${time(delivery.createdAt)}</p>
<p class="muted small">${lastAnswer(delivery)}</p>
<p class="muted small"><code>${delivery.id}</code> <code>${delivery.object.id}</code></p>
</div>
<div class="does">${action({ to, label: 'Send again', name })}
${action({ to, label: 'Twice', name, values: { times: 2 } })}
${action({ to, label: 'As new', name, values: { asNew: 'true' } })}</div>`
}

function lastAnswer({ attempts, nextAttemptAt }: Delivery): Html {
  const last = attempts.at(-1)
  const next = nextAttemptAt && html`, next attempt at ${nextAttemptAt.slice(11, 19)}`
  if (!last) return html`Not sent yet${next}`
  const count = attempts.length > 1 && ` after ${attempts.length} attempts`
  return html`${last.status ? `Answered ${last.status}` : 'No answer'}${count}${next}${last.error && html`<br>${last.error.slice(0, 160)}`}`
}
