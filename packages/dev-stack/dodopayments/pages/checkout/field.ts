import { type Html, html } from '../html.ts'

type Field = { name: string; label: string; value?: string; error?: string; attributes: Html }

/** A labelled input, and what is wrong with it beneath. */
export function field({ name, label, value = '', error, attributes }: Field): Html {
  return html`<div>
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" value="${value}" required ${attributes}
      ${error && html`aria-invalid="true" aria-describedby="${name}-error"`}>
    ${error && html`<p class="error" id="${name}-error">${error}</p>`}
  </div>`
}
