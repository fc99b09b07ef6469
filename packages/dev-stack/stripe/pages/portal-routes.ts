import { type CardErrors, type CardFields, readCard } from '../../dodopayments/cards.ts'
import { route } from '../../dodopayments/http.ts'
import { CHECKOUT_SCRIPT } from '../../dodopayments/pages/checkout/checkout-script.ts'
import { html } from '../../dodopayments/pages/html.ts'
import { servePortal } from '../../dodopayments/pages/portal/routes.ts'
import { STRIPE_CARDS } from '../cards.ts'
import { findSubscription } from '../find.ts'
import type { StripeSandbox, SubscriptionRecord } from '../sandbox.ts'
import { setCancelAtPeriodEnd } from '../subscriptions/cancel.ts'
import { replaceCard } from '../subscriptions/renew.ts'
import { cardForm } from './card-form.ts'
import { cardFields } from './checkout-routes.ts'
import { PROVIDER, page } from './page.ts'
import { toPortalView } from './portal.ts'

/** The billing portal, and its page for a new card. */
export const portalRoutes = (sandbox: StripeSandbox) => [
  ...servePortal(sandbox, {
    provider: PROVIDER,
    view: (customerId) => toPortalView(sandbox, customerId),
    act({ subscriptionId, action, back }) {
      if (action === 'card') return `${back}/subscriptions/${subscriptionId}/card`
      setCancelAtPeriodEnd(
        sandbox,
        findSubscription(sandbox.store.state, subscriptionId),
        action === 'cancel',
      )
      sandbox.store.save()
      return null
    },
  }),
  route('GET', '/portal/:token/subscriptions/:id/card', ({ url, params }) =>
    cardPage(sandbox, findSubscription(sandbox.store.state, params.id), url.pathname),
  ),
  route('POST', '/portal/:token/subscriptions/:id/card', async ({ request, url, params }) => {
    const record = findSubscription(sandbox.store.state, params.id)
    const typed = cardFields.parse(Object.fromEntries(await request.formData()))
    const read = readCard(typed, new Date(), STRIPE_CARDS)
    if ('errors' in read) return cardPage(sandbox, record, url.pathname, { typed, errors: read.errors })
    replaceCard(sandbox, record, read.card.number)
    return new Response(null, { status: 303, headers: { location: `/portal/${params.token}` } })
  }),
]

type Shown = { typed?: CardFields; errors?: CardErrors }

function cardPage(
  { store }: StripeSandbox,
  { subscription }: SubscriptionRecord,
  to: string,
  shown: Shown = {},
): Response {
  const email = store.state.customers[String(subscription.customer)]?.email ?? ''
  const form = cardForm({ to, title: 'Change card', email, submit: 'Save card', ...shown })
  const content = html`<main class="narrow"><h1>Change card</h1>${form}</main>`
  return page('Change card', content, CHECKOUT_SCRIPT).toResponse(shown.errors ? 422 : 200)
}
