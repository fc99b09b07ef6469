import { runClock } from '../dodopayments/clock.ts'
import { dispatch } from '../dodopayments/http.ts'
import { openState } from '../dodopayments/store.ts'
import { createWebhooks } from '../dodopayments/webhooks.ts'
import { serveHttp } from '../http-server.ts'
import { createStripeApi } from './api/index.ts'
import { settle } from './checkout.ts'
import { controlRoutes } from './control.ts'
import { errorJson } from './errors.ts'
import { pageRoutes } from './pages/routes.ts'
import { emptyState, type StripeSandbox, type StripeSandboxOptions } from './sandbox.ts'
import { renewDue } from './subscriptions/renew.ts'
import { stripeWebhooks } from './webhook-face.ts'

export type { StripeSandboxOptions } from './sandbox.ts'

/**
 * A Stripe of one's own on 127.0.0.1: the API that the unmodified `stripe` client talks to by host and port, the hosted
 * checkout, the billing portal, subscriptions that renew, and signed webhooks that are retried. It shares clock, store,
 * queue, cards, controls and pages with the DodoPayments sandbox. @throws when the port is taken
 */
export async function startStripeSandbox(
  options: StripeSandboxOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const store = openState(options.directory, 'stripe.json', emptyState())
  const webhooks = createWebhooks(store, options, stripeWebhooks(options.webhookSecret))
  let url = ''
  const sandbox: StripeSandbox = { options, store, webhooks, url: () => url }
  const open = [...pageRoutes(sandbox), ...controlRoutes(sandbox)]
  const api = createStripeApi(sandbox)

  const server = await serveHttp({
    port: options.port,
    fetch: async (request) => {
      try {
        return (await dispatch(open, request)) ?? (await api(request))
      } catch (error) {
        return errorJson(error)
      }
    },
  })
  url = server.url
  const stopClock = runClock({
    settlements: store.state.settlements,
    settle: (id) => settle(sandbox, id),
    renewDue: () => renewDue(sandbox),
  })
  webhooks.resume()
  return {
    url,
    async close() {
      stopClock()
      await webhooks.close()
      await server.close()
    },
  }
}
