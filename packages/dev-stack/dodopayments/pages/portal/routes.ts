import { z } from 'zod'
import { findCustomer, findSubscription } from '../../find.ts'
import { route, SandboxError } from '../../http.ts'
import { findPortal } from '../../portal.ts'
import type { Sandbox } from '../../sandbox.ts'
import { openCardSession } from '../../subscriptions/new-card.ts'
import { cancelAtPeriodEnd, resumeSubscription } from '../../subscriptions/update.ts'
import { missingPortalPage, portalPage } from './portal-page.ts'

const formInput = z.object({ action: z.enum(['cancel', 'resume', 'card']) })

/** Where customers look after their own subscriptions. The link is the key. */
export const portalRoutes = (sandbox: Sandbox) => [
  route('GET', '/portal/:token', ({ params }) => {
    const portal = findPortal(sandbox, params.token)
    if (!portal) return missingPortalPage().toResponse(404)
    return portalPage(
      sandbox,
      params.token ?? '',
      portal,
      findCustomer(sandbox, portal.customerId),
    ).toResponse()
  }),

  route('POST', '/portal/:token/subscriptions/:id', async ({ request, params }) => {
    const portal = findPortal(sandbox, params.token)
    if (!portal) return missingPortalPage().toResponse(404)
    const record = findSubscription(sandbox, params.id)
    if (record.subscription.customer.customer_id !== portal.customerId) {
      throw new SandboxError(404, 'SUBSCRIPTION_NOT_FOUND', 'This customer has no such subscription.')
    }
    const { action } = formInput.parse(Object.fromEntries(await request.formData()))
    const back = `/portal/${params.token}`
    try {
      if (action === 'card') {
        const session = openCardSession(sandbox, record, sandbox.url() + back)
        return seeOther(`/session/${session.id}`)
      }
      if (action === 'cancel') cancelAtPeriodEnd(sandbox, record)
      else resumeSubscription(sandbox, record)
    } catch (error) {
      // The subscription ended while the page was open; the page says so now.
      if (!(error instanceof SandboxError)) throw error
    }
    return seeOther(back)
  }),
]

const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } })
