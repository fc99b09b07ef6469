import type { SessionStatus } from '../../checkout.ts'
import { type Html, html } from '../html.ts'
import { layout } from '../layout.ts'

const TEXTS: Record<Exclude<SessionStatus, 'open'>, { title: string; text: string }> = {
  paid: { title: 'Payment successful', text: 'This checkout is paid. It cannot be used a second time.' },
  processing: {
    title: 'Payment processing',
    text: 'The bank is still confirming this payment. There is nothing more to do here.',
  },
  expired: {
    title: 'This checkout has expired',
    text: 'Nothing was charged. Start again from the merchant’s page.',
  },
}

/** A session that takes no card any more, and the way back. */
export function outcomePage(status: Exclude<SessionStatus, 'open'>, backUrl: string | null): Html {
  const { title, text } = TEXTS[status]
  return layout(
    title,
    html`<main class="outcome">
<h1>${title}</h1>
<p class="muted">${text}</p>
${backUrl && html`<a class="button primary" href="${backUrl}">Return to merchant</a>`}
</main>`,
  )
}

export function missingPage(): Html {
  return layout(
    'Not found',
    html`<main class="outcome"><h1>There is no such checkout</h1>
<p class="muted">The link is wrong, or the sandbox was reset since it was made.</p></main>`,
  )
}
