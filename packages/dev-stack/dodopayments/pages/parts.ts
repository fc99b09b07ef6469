import { type Html, html } from './html.ts'

/** `past_due` → a small label that reads “past due”. */
export const badge = (status: string) =>
  html`<span class="badge ${status}">${status.replaceAll('_', ' ')}</span>`

/** To the second, in UTC. */
export const time = (iso: string) =>
  html`<time class="number" datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`

type Action = {
  to: string
  label: string
  fields?: Html
  values?: Record<string, string | number>
  name?: string
}

/** A button that is a form of its own. `name` says what it is about to those who cannot see where it stands. */
export const action = ({
  to,
  label,
  fields,
  values = {},
  name,
}: Action) => html`<form method="post" action="${to}">
${Object.entries(values).map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`)}
${fields}<button ${name && html`aria-label="${label}: ${name}"`}>${label}</button></form>`
