import { type Html, html } from '../html.ts'

const SHOWN = 20

type Section<Item> = {
  id: string
  title: string
  items: readonly Item[]
  row(item: Item): Html
  empty: string
}

/** A heading and its newest rows. */
export function section<Item>({ id, title, items, row, empty }: Section<Item>): Html {
  const shown = items.slice(-SHOWN).reverse()
  const rest = items.length - shown.length
  return html`<section class="stack" aria-labelledby="${id}">
<h2 id="${id}">${title}${items.length > 0 && html` <span class="muted number">${items.length}</span>`}</h2>
<div class="panel">${
    items.length === 0
      ? html`<p class="empty">${empty}</p>`
      : html`<ul class="rows">${shown.map((item) => html`<li>${row(item)}</li>`)}</ul>`
  }${rest > 0 && html`<p class="rest muted small">and ${rest} older</p>`}</div>
</section>`
}
