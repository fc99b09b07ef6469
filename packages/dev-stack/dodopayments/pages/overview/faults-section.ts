import type { Faults } from '../../types.ts'
import type { QueueStore, Webhooks } from '../../webhooks.ts'
import { type Html, html } from '../html.ts'
import { action } from '../parts.ts'

const FAULTS: readonly { name: keyof Faults; label: string; unit: string }[] = [
  { name: 'fail', label: 'Lose the next', unit: 'attempts' },
  { name: 'hold', label: 'Hold back the next', unit: 'events' },
  { name: 'duplicate', label: 'Send twice the next', unit: 'events' },
  { name: 'delay', label: 'Delay the next', unit: 'events' },
  { name: 'delayMilliseconds', label: 'Each by', unit: 'milliseconds' },
  { name: 'failRefunds', label: 'Fail the next', unit: 'refunds' },
]

/** What is to go wrong, and the way to let go what was held back. */
export function faultsSection({ store, webhooks }: { store: QueueStore; webhooks: Webhooks }): Html {
  const held = webhooks.list().filter(({ status }) => status === 'held').length
  return html`<section class="stack" aria-labelledby="faults"><h2 id="faults">Faults</h2>
<form class="panel faults" method="post" action="/sandbox/faults">
${FAULTS.map(
  ({ name, label, unit }) => html`<label><span>${label}</span>
<input name="${name}" value="${store.state.faults[name]}" inputmode="numeric" aria-label="${label} … ${unit}"><span class="muted">${unit}</span></label>`,
)}
<button>Apply</button>
</form>
${
  held > 0 &&
  html`<div class="notice wait"><p>${held === 1 ? 'One event is held back.' : `${held} events are held back.`}</p>
<div class="actions">${action({ to: '/sandbox/release', label: 'Release in order' })}
${action({ to: '/sandbox/release', label: 'Release reversed', values: { reverse: 'true' } })}</div></div>`
}</section>`
}
