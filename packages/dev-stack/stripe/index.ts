import { dispatch } from '../dodopayments/http.ts'
import { openState } from '../dodopayments/store.ts'
import { createWebhooks } from '../dodopayments/webhooks.ts'
import { serveHttp } from '../http-server.ts'
import { answerOnce } from './answer-once.ts'
import { apiRoutes } from './api.ts'
import { controlRoutes } from './control.ts'
import { errorJson, refuse } from './errors.ts'
import { pageRoutes } from './pages.ts'
import { settle } from './payments.ts'
import { emptyState, type StripeSandbox, type StripeSandboxOptions } from './sandbox.ts'
import { stripeWebhooks } from './webhook-face.ts'

export type { StripeSandboxOptions } from './sandbox.ts'

/**
 * A Stripe of one's own on 127.0.0.1, for packages: the API that the unmodified `stripe` client talks to by host and
 * port, the hosted checkout, and signed webhooks that are retried. It shares queue, cards and pages with the
 * DodoPayments sandbox. @throws when the port is taken
 */
export async function startStripeSandbox(
  options: StripeSandboxOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const store = openState(options.directory, 'stripe.json', emptyState())
  const webhooks = createWebhooks(store, options, stripeWebhooks(options.webhookSecret))
  let url = ''
  const sandbox: StripeSandbox = { options, store, webhooks, url: () => url }
  const open = [...pageRoutes(sandbox), ...controlRoutes(sandbox)]
  const api = apiRoutes(sandbox)

  async function answerApi(request: Request): Promise<Response> {
    if (request.headers.get('authorization') !== `Bearer ${options.secretKey}`)
      throw refuse(401, 'api_key_invalid', 'Invalid API Key provided.')
    const { pathname } = new URL(request.url)
    const found = await answerOnce(sandbox, request, async (asked) => {
      const response = await dispatch(api, asked)
      if (response) return response
      throw refuse(404, 'url_invalid', `The sandbox does not know ${asked.method} ${pathname}.`)
    })
    return found
  }

  const server = await serveHttp({
    port: options.port,
    fetch: async (request) => {
      try {
        return (await dispatch(open, request)) ?? (await answerApi(request))
      } catch (error) {
        return errorJson(error)
      }
    },
  })
  url = server.url
  const clock = setInterval(() => settleDue(sandbox), 100)
  webhooks.resume()
  return {
    url,
    async close() {
      clearInterval(clock)
      await webhooks.close()
      await server.close()
    },
  }
}

/** The money of slow banks comes by itself. */
function settleDue(sandbox: StripeSandbox): void {
  const { settlements } = sandbox.store.state
  for (const [id, at] of Object.entries(settlements)) {
    if (new Date(at) > new Date()) continue
    delete settlements[id]
    settle(sandbox, id)
  }
}
