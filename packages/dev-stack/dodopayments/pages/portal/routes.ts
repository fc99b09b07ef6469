import { z } from 'zod'
import { findSubscription } from '../../find.ts'
import { route, SandboxError } from '../../http.ts'
import { findPortal, type PortalSandbox } from '../../portal.ts'
import type { Sandbox } from '../../sandbox.ts'
import { openCardSession } from '../../subscriptions/new-card.ts'
import { cancelAtPeriodEnd, resumeSubscription } from '../../subscriptions/update.ts'
import { missingPortalPage, type PortalAction, type PortalView, portalPage } from './portal-page.ts'
import { toPortalView } from './portal-view.ts'

const formInput = z.object({ action: z.enum(['cancel', 'resume', 'card']) })

type Request = { subscriptionId: string; action: PortalAction; back: string }
type Face = {
  view(customerId: string): PortalView
  /** Gives where it goes on, null for back to the portal. @throws SandboxError when the subscription cannot do this any more */
  act(request: Request): string | null
  provider?: string
}

/** Where customers look after their own subscriptions. The link is the key. */
export const servePortal = (sandbox: PortalSandbox, { view, act, provider }: Face) => [
  route('GET', '/portal/:token', ({ params: { token = '' } }) => {
    const portal = findPortal(sandbox, token)
    if (!portal) return missingPortalPage(provider).toResponse(404)
    return portalPage(view(portal.customerId), { ...portal, token, provider }).toResponse()
  }),

  route('POST', '/portal/:token/subscriptions/:id', async ({ request, params }) => {
    const portal = findPortal(sandbox, params.token)
    if (!portal) return missingPortalPage(provider).toResponse(404)
    const subscriptionId = params.id ?? ''
    if (!view(portal.customerId).subscriptions.some(({ id }) => id === subscriptionId)) {
      throw new SandboxError(404, 'SUBSCRIPTION_NOT_FOUND', 'This customer has no such subscription.')
    }
    const { action } = formInput.parse(Object.fromEntries(await request.formData()))
    const back = `/portal/${params.token}`
    try {
      return seeOther(act({ subscriptionId, action, back }) ?? back)
    } catch (error) {
      // The subscription ended while the page was open; the page says so now.
      if (!(error instanceof SandboxError)) throw error
      return seeOther(back)
    }
  }),
]

export const portalRoutes = (sandbox: Sandbox) =>
  servePortal(sandbox, {
    view: (customerId) => toPortalView(sandbox, customerId),
    act({ subscriptionId, action, back }) {
      const record = findSubscription(sandbox, subscriptionId)
      if (action === 'card') return `/session/${openCardSession(sandbox, record, sandbox.url() + back).id}`
      if (action === 'cancel') cancelAtPeriodEnd(sandbox, record)
      else resumeSubscription(sandbox, record)
      return null
    },
  })

const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } })
